'use client'

import { CircleX, TriangleAlert } from 'lucide-react'
import { momentWords } from '@/components/time/time-text'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { ProgressBar } from '@/components/ui/data/progress-bar'
import { formatCount } from '@/components/ui/numbers'
import { TextLink } from '@/components/ui/text-link'
import type { MailboxCapacity } from '@/domain/campaign/daily-capacity'
import { routes } from '@/routes'
import type { Progress } from '../../api-types'

/** The emails that each mailbox of the campaign has sent today, for all campaigns, against what it sends on a day. */
export function MailboxesCard({ progress: { mailboxes, timezone } }: { progress: Progress }) {
  if (mailboxes.length === 0) return null
  return (
    <Card>
      <CardHeader title="Mailboxes today" />
      <CardBody className="grid gap-3">
        {mailboxes.map(({ id, fromEmail, sentToday, capacity, health, healthReason, firstStepsPausedUntil }) => (
          <div key={id}>
            <ProgressBar label={fromEmail} value={sentToday} max={capacity.perDay} {...noteOf(sentToday, capacity)} />
            {health !== 'ready' && (
              <Problem text={healthWords(health, healthReason)} {...(health === 'stopped' ? { stoppedId: id } : {})} />
            )}
            {firstStepsPausedUntil && (
              <Problem
                text={`First emails pause until ${momentWords(firstStepsPausedUntil, timezone)}: more than 5 % bounced within a day. Follow-ups go on.`}
              />
            )}
          </div>
        ))}
      </CardBody>
    </Card>
  )
}

/** Beside the bar, where not a limit is the measure. */
function noteOf(sent: number, { perDay, setBy }: MailboxCapacity): { note?: string } {
  if (perDay === null) return { note: `${formatCount(sent)}, no limit` }
  return setBy === 'gap' ? { note: `${formatCount(sent)}, the gap allows ${formatCount(perDay)}` } : {}
}

const healthWords = (health: string, reason: string | null) =>
  `${health === 'stopped' ? 'Stopped' : 'Cooling down'}${reason ? `: ${reason}` : ''}`

/** `stoppedId`: the mailbox is stopped until it is fixed. */
function Problem({ stoppedId, text }: { stoppedId?: string; text: string }) {
  const Icon = stoppedId ? CircleX : TriangleAlert
  return (
    <p className="mt-1.5 flex items-start gap-1.5 text-caption text-ink-2 [overflow-wrap:anywhere]">
      <Icon aria-hidden className={`size-3.5 shrink-0 ${stoppedId ? 'text-failed-ink' : 'text-held-ink'}`} />
      <span>
        {text} {stoppedId && <TextLink href={routes.mailbox(stoppedId)}>Fix it</TextLink>}
      </span>
    </p>
  )
}
