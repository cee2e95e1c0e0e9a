'use client'

import { useCallback, useEffect, useState } from 'react'
import type { DraftStep } from './workflow-draft'

type Steps = DraftStep[]
const KEPT = 100

/** Undo and redo for the row of steps, also by Ctrl-Z and Ctrl-Shift-Z while no text is being typed. */
export function useStepHistory(steps: Steps, apply: (steps: Steps) => void) {
  const [past, setPast] = useState<Steps[]>([])
  const [future, setFuture] = useState<Steps[]>([])
  const change = (next: Steps) => {
    setPast([...past.slice(-KEPT), steps])
    setFuture([])
    apply(next)
  }
  const undo = useCallback(() => {
    const before = past.at(-1)
    if (!before) return
    setPast(past.slice(0, -1))
    setFuture([steps, ...future])
    apply(before)
  }, [past, future, steps, apply])
  const redo = useCallback(() => {
    const [after, ...rest] = future
    if (!after) return
    setPast([...past, steps])
    setFuture(rest)
    apply(after)
  }, [past, future, steps, apply])

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      const typing = 'input:not([type="checkbox"]), textarea, [contenteditable]'
      if (event.target instanceof HTMLElement && event.target.closest(typing)) return
      event.preventDefault()
      if (event.shiftKey) redo()
      else undo()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [undo, redo])

  return { change, undo, redo, canUndo: past.length > 0, canRedo: future.length > 0 }
}
