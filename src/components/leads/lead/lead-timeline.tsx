'use client'

import Link from 'next/link'
import { useState } from 'react'
import { EmailStatusChip } from '@/components/campaigns/status/email-status'
import { reasonWords } from '@/components/campaigns/status/reason-text'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { later } from '@/components/ui/later/later'
import { formatOf } from '@/components/ui/numbers'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import type { LeadEmail } from '../api-types'

const reader = later(() => import('@/components/campaigns/email/email-dialog'))

/** Every email that was planned for the lead, in all campaigns, the latest first: what became of it and why. */
export function LeadTimeline({ emails }: { emails: readonly LeadEmail[] }) {
  const [read, setRead] = useState<string | null>(null)
  const close = () => setRead(null)
  return (
    <Card aria-labelledby="timeline">
      <CardHeader id="timeline" title="Emails" aside={emails.length > 0 && formatOf(emails.length, 'email')} />
      {emails.length === 0 ? (
        <EmptyState title="No email was sent or planned." className="py-8">
          Emails appear here once a campaign is started with a batch this lead is in.
        </EmptyState>
      ) : (
        <ol className="mt-1.5 divide-y border-t text-control">
          {emails.map((email) => (
            <li key={email.id} className="flex flex-wrap items-start gap-x-4 gap-y-1.5 px-[18px] py-2.5">
              <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
                <p>
                  <Button
                    variant="link"
                    className="h-auto min-h-6 whitespace-normal text-left"
                    onClick={() => setRead(email.id)}
                  >
                    {email.subject ?? email.template.name}
                  </Button>
                </p>
                <p className="text-caption text-ink-3">
                  Step {email.workflowStepNumber} of{' '}
                  <Link
                    href={routes.campaign(email.campaign.id)}
                    className="rounded-small underline underline-offset-2 hover:text-ink"
                  >
                    {email.campaign.name}
                  </Link>
                  {' · from '}
                  {email.mailbox.fromEmail}
                </p>
                {reasonOf(email) && <p className="text-caption text-ink-2">{reasonOf(email)}</p>}
              </div>
              <div className="grid justify-items-start gap-1 sm:justify-items-end">
                <EmailStatusChip status={email.status} />
                <span className="text-caption text-ink-3">
                  {whenWords(email)} <Time at={momentOf(email)} zone={email.campaign.timezone} />
                </span>
              </div>
            </li>
          ))}
        </ol>
      )}
      <LaterDialog part={reader} open={read !== null} onOpenChange={close}>
        {({ EmailDialog }) => (
          <EmailDialog id={read} among={emails.map(({ id }) => id)} onChoose={setRead} onClose={close} />
        )}
      </LaterDialog>
    </Card>
  )
}

const momentOf = (email: LeadEmail) => email.sentAt ?? email.failedAt ?? email.scheduledFor

const whenWords = (email: LeadEmail) => (email.sentAt ? 'sent' : email.failedAt ? 'failed' : 'planned for')

function reasonOf(email: LeadEmail): string | null {
  if (email.failureReason && email.status !== 'pending') return reasonWords(email.failureReason)
  if (email.status !== 'pending') return null
  if (email.campaign.status !== 'running') return `Waits: the campaign is ${email.campaign.status}.`
  return email.waitReason ? `Waits: ${reasonWords(email.waitReason)}` : null
}
