'use client'

import { OwnTimeAgo } from '@/components/time/own-time'

/** Whether what stands on the screen is what is saved. */
export function SavedState({ dirty, savedAt }: { dirty: boolean; savedAt: Date | null }) {
  return (
    <span aria-live="polite" className="w-full text-right text-caption text-ink-3 empty:hidden sm:w-auto">
      {dirty ? (
        'Not saved yet'
      ) : savedAt ? (
        <>
          Saved <OwnTimeAgo at={savedAt} />
        </>
      ) : null}
    </span>
  )
}
