'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from '../button'
import { later, NOT_LOADED, onNotLoaded } from '../later/later'

export type Toast = { kind: 'success' | 'error' | 'info'; message: string } & Note

type Note = {
  /** A second line: what it means. */
  description?: string
  /** Takes the act back, kept by the server; the toast then stays for 10 s. */
  undo?: () => void
}

const parts = later(() => import('./toast-parts'))

const queue: Toast[] = []
let said = 0
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function say(toast: Toast) {
  queue.push(toast)
  said += 1
  for (const listener of listeners) listener()
}

/** A reversible act is done: say so, offer Undo. */
export const notifyDone = (message: string, note: Note = {}) => say({ kind: 'success', message, ...note })

/** It failed: what happened; `description` says what was not touched and what to do. Stays for 10 s. */
export const notifyFailed = (message: string, note: Note = {}) => say({ kind: 'error', message, ...note })

/** Neither: something the person should know. */
export const notifyInfo = (message: string, note: Note = {}) => say({ kind: 'info', message, ...note })

/** Where toasts appear; once, in the root layout. Their code comes with the first of them, or before. */
export function Toaster() {
  const part = parts.use()
  const count = useSyncExternalStore(
    subscribe,
    () => said,
    () => 0,
  )
  const [failed, setFailed] = useState(false)
  useEffect(
    () => onNotLoaded(() => notifyFailed(NOT_LOADED.title, { description: `Nothing was changed. ${NOT_LOADED.todo}` })),
    [],
  )
  useEffect(() => {
    if (count > 0 && !part) parts.load().catch(() => setFailed(true))
  }, [count, part])
  if (part) return <part.ToastParts queue={queue} />
  return failed ? <PlainToasts onClose={() => setFailed(false)} /> : null
}

/** What was said while the server, from which the toasts come, does not answer: mostly that it does not answer. */
function PlainToasts({ onClose }: { onClose: () => void }) {
  return (
    <div
      role="status"
      className="fixed inset-x-3 bottom-18 z-50 grid gap-2 rounded-card border bg-surface px-3.5 py-3 text-control shadow-float sm:right-4 sm:bottom-4 sm:left-auto sm:w-[356px]"
    >
      {queue.map(({ message, description }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without identity that never move
        <div key={index}>
          <p className="font-medium">{message}</p>
          {description && <p className="text-ink-2">{description}</p>}
        </div>
      ))}
      <Button
        className="justify-self-start"
        onClick={() => {
          queue.length = 0
          onClose()
        }}
      >
        Close
      </Button>
    </div>
  )
}
