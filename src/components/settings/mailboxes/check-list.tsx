'use client'

import { CircleCheck, CircleDashed, CircleHelp, CircleX, TriangleAlert } from 'lucide-react'
import { cn } from '@/components/ui/class-names'
import { Time } from '@/components/ui/time'
import type { CheckName, CheckOutcome } from '@/domain/mailbox/mailbox-checks'
import type { Mailbox } from '../api-types'
import { CopyRecord } from './copy-record'

const MARKS = {
  ok: { icon: CircleCheck, tone: 'text-sent-ink', word: 'Works' },
  wrong: { icon: CircleX, tone: 'text-failed-ink', word: 'Does not work' },
  missing: { icon: TriangleAlert, tone: 'text-held-ink', word: 'Missing' },
  unknown: { icon: CircleHelp, tone: 'text-held-ink', word: 'Not known' },
  untested: { icon: CircleDashed, tone: 'text-ink-3', word: 'Not tested yet' },
} as const satisfies Record<CheckOutcome | 'untested', unknown>

/** Each check with what it found, the server's own words and its time; one that was not made says so. */
export function MailboxChecks({
  mailbox: { checks, timezone },
  names,
  verb = 'Tested',
}: {
  mailbox: Pick<Mailbox, 'checks' | 'timezone'>
  names: readonly (readonly [CheckName, string])[]
  /** What was done at the time beside a check. */
  verb?: string
}) {
  return (
    <ul className="w-full divide-y text-control">
      {names.map(([name, title]) => {
        const check = checks.find((one) => one.name === name)
        const mark = MARKS[check?.outcome ?? 'untested']
        return (
          <li key={name} className="grid grid-cols-[20px_1fr] items-start gap-2 py-2">
            <mark.icon aria-hidden className={cn('mt-0.5 size-4', mark.tone)} />
            <div className="grid min-w-0 gap-0.5 [overflow-wrap:anywhere]">
              <span>
                {title}: {mark.word.toLowerCase()}
              </span>
              {check && (
                <>
                  <span className="text-caption text-ink-2">{check.message}</span>
                  {check.details?.said && (
                    <span className="text-caption text-ink-3">The server said: “{check.details.said}”</span>
                  )}
                  {check.details?.found?.map((record) => (
                    <code key={record} className="font-mono text-caption text-ink-3">
                      {record}
                    </code>
                  ))}
                  {check.details?.copy && <CopyRecord record={check.details.copy} />}
                  <span className="text-caption text-ink-3">
                    {verb} <Time at={check.checkedAt} zone={timezone} />
                  </span>
                </>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
