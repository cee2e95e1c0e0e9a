'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Time } from '@/components/ui/time'

type EntryHead = { who: ReactNode; at: Date; zone: string; line: ReactNode; chip?: ReactNode }

/** What an entry is, from whom to whom, and when. */
export function Head({ who, at, zone, line, chip }: EntryHead) {
  return (
    <div className="[overflow-wrap:anywhere]">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <p className="min-w-0 flex-1 basis-52 font-medium">{who}</p>
        <div className="flex items-center gap-2">
          {chip}
          <span className="text-caption text-ink-2">
            <Time at={at} zone={zone} zoneSaid />
          </span>
        </div>
      </div>
      <p className="text-caption text-ink-2">{line}</p>
    </div>
  )
}

/** The text of a message; folded it is one line that opens it. */
export function Text({ text, startsOpen, name }: { text: string; startsOpen: boolean; name: string }) {
  const [open, setOpen] = useState(startsOpen)
  if (!open)
    return (
      <Button
        variant="link"
        aria-expanded={false}
        className="block h-auto w-full truncate py-1 text-left font-normal text-ink-2"
        onClick={() => setOpen(true)}
      >
        <span className="sr-only">Show “{name}”: </span>
        {text.replace(/\s+/g, ' ').slice(0, 160) || 'No text'}
      </Button>
    )
  return (
    <p className="mt-2 max-w-[72ch] whitespace-pre-wrap text-body [overflow-wrap:anywhere]">
      {text.trim() || 'No text.'}
    </p>
  )
}
