'use client'

import { UserRoundX } from 'lucide-react'
import { useId, useState } from 'react'
import { EMAIL_SIDES, type EmailSide } from '@/components/messages/email-sides'
import { personWords } from '@/components/messages/person-words'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Card, CardHeader } from '@/components/ui/card'
import { Neighbours } from '@/components/ui/data/neighbours'
import { ErrorState } from '@/components/ui/error-state'
import { ChoiceButtons } from '@/components/ui/fields/choice-buttons'
import { formatCount } from '@/components/ui/numbers'
import { Skeleton } from '@/components/ui/skeleton'
import { messageOf } from '@/trpc/react'
import type { Preview } from '../api-types'
import { EmailFrame } from './email-frame'
import type { PreviewState } from './use-preview'

/** The email as one lead would get it, with ways to the next lead and to the one with the most gaps. */
export function PreviewCard({ preview, hasHtml }: { preview: PreviewState; hasHtml: boolean }) {
  const id = useId()
  const [side, setSide] = useState<EmailSide>('html')
  const { data, error } = preview
  const html = hasHtml && side === 'html'
  return (
    <Card aria-labelledby={id} className={preview.isPlaceholderData ? 'transition-opacity' : ''}>
      <CardHeader
        id={id}
        title="Preview"
        aside={hasHtml && <ChoiceButtons legend="Show" options={EMAIL_SIDES} value={side} onChange={setSide} />}
      />
      <LeadPicker preview={preview} />
      {error && !data ? (
        <ErrorState
          className="m-[18px]"
          title={messageOf(error)}
          untouched="Your text is still here."
          action={<Button onClick={() => preview.refetch()}>Try again</Button>}
        />
      ) : data ? (
        <EmailView data={data} html={html} />
      ) : (
        <div role="status" className="grid gap-2 p-[18px]">
          <span className="sr-only">Loading the preview</span>
          <Skeleton className="h-4 w-3/5" />
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="mt-3 h-40 w-full" />
        </div>
      )}
    </Card>
  )
}

function LeadPicker({ preview }: { preview: PreviewState }) {
  const { data, choice, choose } = preview
  if (!data) return null
  if (!data.lead) {
    const words = data.totalLeads === 0 ? 'No leads yet: these are example values.' : 'That lead is gone.'
    return (
      <p className="flex flex-wrap items-center gap-2 px-[18px] pb-2 text-caption text-ink-3">
        {words}
        {data.totalLeads > 0 && (
          <Button size="sm" onClick={() => choose({ index: 0 })}>
            Show the first
          </Button>
        )}
      </p>
    )
  }
  const { id, index, isLast, name } = data.lead
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-1 px-[18px] pt-1 pb-2.5 text-control">
      <Neighbours
        noun="lead"
        size="sm"
        previous={index === 0 ? null : () => choose({ before: id })}
        next={isLast ? null : () => choose({ after: id })}
      />
      <span aria-live="polite" className="min-w-0 flex-1 truncate px-1">
        {name}{' '}
        <span className="text-caption text-ink-3">
          {index === null
            ? `of ${formatCount(data.totalLeads)}`
            : `${formatCount(index + 1)} of ${formatCount(data.totalLeads)}`}
        </span>
      </span>
      <Button
        size="sm"
        icon={UserRoundX}
        aria-pressed={choice === 'worst'}
        className={choice === 'worst' ? 'bg-sunken' : ''}
        onClick={() => choose('worst')}
      >
        Worst case
      </Button>
    </div>
  )
}

function EmailView({ data, html }: { data: Preview; html: boolean }) {
  // What is wrong with the template itself stands in the list above and at its field.
  const unfit = data.problems.some(({ level }) => level === 'error')
  return (
    <>
      {data.failure && !unfit && (
        <Callout
          tone="failed"
          className="mx-[18px] mb-3"
          title={data.missing.length > 0 ? 'This lead would not get the email.' : 'This cannot be sent.'}
        >
          {data.failure}
        </Callout>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-t px-[18px] py-3 text-control">
        <dt className="text-ink-3">From</dt>
        <dd className="[overflow-wrap:anywhere]">{personWords(data.from)}</dd>
        <dt className="text-ink-3">To</dt>
        <dd className="[overflow-wrap:anywhere]">{personWords(data.to)}</dd>
        <dt className="text-ink-3">Subject</dt>
        <dd className="font-medium [overflow-wrap:anywhere]">{data.subject ?? '–'}</dd>
      </dl>
      {html && data.html !== null ? (
        <EmailFrame html={data.html} />
      ) : (
        <section
          aria-label="Text of this email"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls, also by keyboard
          tabIndex={0}
          className="max-h-[60vh] overflow-auto border-t px-[18px] py-3.5"
        >
          <pre className="whitespace-pre-wrap font-sans text-body [overflow-wrap:anywhere]">
            {data.text ?? 'Nothing to show until the problem above is fixed.'}
          </pre>
        </section>
      )}
    </>
  )
}
