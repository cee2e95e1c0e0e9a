'use client'

import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'

/** Beside the save button: whether what stands on the page is kept. */
export function SaveNote({ state }: { state: 'untouched' | 'changed' | 'saving' | 'saved' | 'refused' }) {
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
