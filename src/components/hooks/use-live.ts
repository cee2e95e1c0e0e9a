'use client'

import { useEffect, useRef, useState } from 'react'
import { afterFirstSign } from '@/components/ui/later/first-sign'
import { later } from '@/components/ui/later/later'
import type { Topic } from '@/domain/live/topic'
import type { LiveState } from './live-stream'

const part = later(() => import('./live-stream'))
// What is seen first has come by then, and is young.
const AT_LATEST_MS = 5_000

/**
 * Calls `onChange` when something of the topic has changed, from the first sign of a person or a few seconds on. Returns whether it
 * would be told: else the screen asks by itself.
 */
export function useLive(topic: Topic, onChange: () => void): LiveState {
  const [state, setState] = useState<LiveState>('off')
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => {
    let leave: (() => void) | null = null
    let isGone = false
    async function follow() {
      const { liveStream } = await part.load()
      if (!isGone) leave ??= liveStream.follow({ topics: [topic], hear: () => latest.current(), turn: setState })
    }
    // A stream that does not come is no trouble: screens ask.
    const begin = () => void follow().catch(() => undefined)
    afterFirstSign(begin)
    const timer = setTimeout(begin, AT_LATEST_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
      leave?.()
    }
  }, [topic])
  return state
}
