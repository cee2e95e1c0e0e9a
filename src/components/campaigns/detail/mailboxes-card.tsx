'use client'

import { CircleX, TriangleAlert } from 'lucide-react'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { formatCount } from '@/components/ui/numbers'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { Progress } from '../api-types'
import { momentWords } from '../time-words'

/** What each mailbox of the campaign has sent today, for all campaigns, against its limit. */
export function MailboxesCard({ progress: { mailboxes, timezone } }: { progress: Progress }) {
  if (mailboxes.length === 0) return null
  return (
    <Card>
      <CardHeader title="Mailboxes today" />
      <CardBody className="grid gap-3">
        {mailboxes.map(({ id, fromEmail, sentToday, dailyLimit, health, healthReason, firstStepsPausedUntil }) => (
          <div key={id}>
            <ProgressBar
              label={fromEmail}
              value={sentToday}
              max={dailyLimit}
              {...(dailyLimit === null ? { note: `${formatCount(sentToday)}, no limit` } : {})}
            />
            {health !== 'ready' && <Trouble stopped={health === 'stopped'} text={healthWords(health, healthReason)} />}
            {firstStepsPausedUntil && (
              <Trouble
                text={`First mails pause until ${momentWords(firstStepsPausedUntil, timezone)}: more than 5 % bounced within a day. Follow-ups go on.`}
              />
            )}
          </div>
        ))}
      </CardBody>
    </Card>
  )
}

const healthWords = (health: string, reason: string | null) =>
  `${health === 'stopped' ? 'Stopped' : 'Cooling down'}${reason ? `: ${reason}` : ''}`

function Trouble({ stopped = false, text }: { stopped?: boolean; text: string }) {
  const Icon = stopped ? CircleX : TriangleAlert
  return (
    <p className="mt-1.5 flex items-start gap-1.5 text-caption text-ink-2 [overflow-wrap:anywhere]">
      <Icon aria-hidden className={`size-3.5 shrink-0 ${stopped ? 'text-failed-ink' : 'text-held-ink'}`} />
      <span>{text}</span>
    </p>
  )
}
