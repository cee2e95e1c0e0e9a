'use client'

import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'

export type SaveState = 'untouched' | 'changed' | 'saving' | 'saved' | 'refused'

/** Where a form stands between typing and saving; the first that holds. */
export function saveState(facts: { pending: boolean; refused: boolean; saved: boolean; touched: boolean }): SaveState {
  if (facts.pending) return 'saving'
  if (facts.refused) return 'refused'
  if (facts.saved) return 'saved'
  return facts.touched ? 'changed' : 'untouched'
}

/** Beside the save button: whether what stands on the page is kept. */
export function SaveNote({ state }: { state: SaveState }) {
  const line = 'inline-flex items-center gap-1.5 text-caption text-ink-3 [&_svg]:size-3.5 [&_svg]:shrink-0'
  const words = {
    untouched: null,
    changed: (
      <>
        <CircleDashed aria-hidden /> Not saved yet
      </>
    ),
    saving: (
      <>
        <CircleDashed aria-hidden /> Saving
      </>
    ),
    saved: (
      <>
        <CircleCheck aria-hidden className="text-sent-ink" /> Saved
      </>
    ),
    refused: (
      <>
        <CircleX aria-hidden className="text-failed-ink" /> Not saved
      </>
    ),
  }
  return (
    <span role="status" className={line}>
      {words[state]}
    </span>
  )
}
