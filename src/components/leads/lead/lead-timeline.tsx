import Link from 'next/link'
import { EmailStatusChip } from '@/components/campaigns/status/email-status'
import { reasonWords } from '@/components/campaigns/status/reason-text'
import { Card, CardHeader } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { formatOf } from '@/components/ui/numbers'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import type { LeadMail } from '../api-types'

/** Every mail that was planned for the lead, in all campaigns, the latest first: what became of it and why. */
export function LeadTimeline({ mails }: { mails: readonly LeadMail[] }) {
  return (
    <Card aria-labelledby="timeline">
      <CardHeader id="timeline" title="Mails" aside={mails.length > 0 && formatOf(mails.length, 'mail')} />
      {mails.length === 0 ? (
        <EmptyState title="No mail was sent or planned." className="py-8">
          Mails appear here once a campaign is started with a batch this lead is in.
        </EmptyState>
      ) : (
        <ol className="mt-1.5 divide-y border-t text-control">
          {mails.map((mail) => (
            <li key={mail.id} className="flex flex-wrap items-start gap-x-4 gap-y-1.5 px-[18px] py-2.5">
              <div className="min-w-0 flex-1 basis-56 [overflow-wrap:anywhere]">
                <p className="font-medium">{mail.subject ?? mail.template.name}</p>
                <p className="text-caption text-ink-3">
                  Step {mail.workflowStepNumber} of{' '}
                  <Link
                    href={routes.campaign(mail.campaign.id)}
                    className="rounded-small underline underline-offset-2 hover:text-ink"
                  >
                    {mail.campaign.name}
                  </Link>
                  {' · from '}
                  {mail.mailbox.fromEmail}
                </p>
                {reasonOf(mail) && <p className="text-caption text-ink-2">{reasonOf(mail)}</p>}
              </div>
              <div className="grid justify-items-start gap-1 sm:justify-items-end">
                <EmailStatusChip status={mail.status} />
                <span className="text-caption text-ink-3">
                  {whenWords(mail)} <Time at={momentOf(mail)} zone={mail.campaign.timezone} />
                </span>
              </div>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

const momentOf = (mail: LeadMail) => mail.sentAt ?? mail.failedAt ?? mail.scheduledFor

const whenWords = (mail: LeadMail) => (mail.sentAt ? 'sent' : mail.failedAt ? 'failed' : 'planned for')

function reasonOf(mail: LeadMail): string | null {
  if (mail.failureReason) return reasonWords(mail.failureReason)
  if (mail.status !== 'pending') return null
  if (mail.campaign.status !== 'running') return `Waits: the campaign is ${mail.campaign.status}.`
  return mail.waitReason ? `Waits: ${reasonWords(mail.waitReason)}` : null
}
