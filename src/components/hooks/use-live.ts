'use client'

import { useEffect, useRef, useState } from 'react'
import type { Topic } from '@/domain/live/topic'
import { createLiveStream, type LiveState } from './live-stream'

const stream = createLiveStream()

/** Calls `onChange` when something of the topic has changed. Returns whether it would be told: else the screen asks by itself. */
export function useLive(topic: Topic, onChange: () => void): LiveState {
  const [state, setState] = useState<LiveState>('off')
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => stream.follow({ topics: [topic], hear: () => latest.current(), turn: setState }), [topic])
  return state
}
