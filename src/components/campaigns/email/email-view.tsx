'use client'

import { useState } from 'react'
import { HtmlView, TextView } from '@/components/messages/body-views'
import { deletedWords } from '@/components/messages/deleted-text'
import { EMAIL_SIDES, type EmailSide } from '@/components/messages/email-sides'
import { ChoiceButtons } from '@/components/ui/fields/choice-buttons'

/** An email as its recipient gets it: from whom, to whom, and either side of it. */
export function EmailView({
  from,
  to,
  content: { subject, text, html },
  deletedAfter = null,
}: {
  from: string
  to: string
  content: { subject: string; text: string; html: string | null }
  /** Days after which its text was deleted; null: it is there. */
  deletedAfter?: number | null
}) {
  const [side, setSide] = useState<EmailSide>('html')
  const asHtml = html !== null && side === 'html'
  return (
    <div className="overflow-hidden rounded-card border">
      <div className="flex flex-wrap items-start justify-between gap-2 px-[18px] py-3">
        <dl className="grid min-w-0 flex-1 basis-60 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-control [overflow-wrap:anywhere]">
          <dt className="text-ink-3">From</dt>
          <dd>{from}</dd>
          <dt className="text-ink-3">To</dt>
          <dd>{to}</dd>
          <dt className="text-ink-3">Subject</dt>
          <dd className="font-medium">{subject}</dd>
        </dl>
        {html !== null && <ChoiceButtons legend="Show" options={EMAIL_SIDES} value={side} onChange={setSide} />}
      </div>
      <div className="border-t">
        {deletedAfter !== null ? (
          <p className="px-[18px] py-4 text-control text-ink-2">{deletedWords(deletedAfter)}</p>
        ) : asHtml ? (
          <HtmlView html={html} />
        ) : (
          <TextView text={text} />
        )}
      </div>
    </div>
  )
}
