'use client'

import { CircleX, TriangleAlert } from 'lucide-react'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { formatCount } from '@/components/ui/numbers'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { Progress } from '../api-types'

/** What each mailbox of the campaign has sent today, for all campaigns, against its limit. */
export function MailboxesCard({ progress: { mailboxes } }: { progress: Progress }) {
  if (mailboxes.length === 0) return null
  return (
    <Card>
      <CardHeader title="Mailboxes today" />
      <CardBody className="grid gap-3">
        {mailboxes.map(({ id, fromEmail, sentToday, dailyLimit, health, healthReason }) => (
          <div key={id}>
            <ProgressBar
              label={fromEmail}
              value={sentToday}
              max={dailyLimit}
              {...(dailyLimit === null ? { note: `${formatCount(sentToday)}, no limit` } : {})}
            />
            {health !== 'ready' && <Health stopped={health === 'stopped'} reason={healthReason} />}
          </div>
        ))}
      </CardBody>
    </Card>
  )
}

function Health({ stopped, reason }: { stopped: boolean; reason: string | null }) {
  const Icon = stopped ? CircleX : TriangleAlert
  return (
    <p className="mt-1.5 flex items-start gap-1.5 text-caption text-ink-2 [overflow-wrap:anywhere]">
      <Icon aria-hidden className={`size-3.5 shrink-0 ${stopped ? 'text-failed-ink' : 'text-held-ink'}`} />
      <span>
        {stopped ? 'Stopped' : 'Cooling down'}
        {reason && `: ${reason}`}
      </span>
    </p>
  )
}
