'use client'

import { EmailStatusChip } from '@/components/campaigns/status/email-status'
import { Callout } from '@/components/ui/callout'
import { Neighbours } from '@/components/ui/data/neighbours'
import { ErrorState } from '@/components/ui/error-state'
import { DialogParts } from '@/components/ui/overlays/dialog-parts'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import { routes } from '@/routes'
import { type ApiOutputs, api, messageOf } from '@/trpc/react'
import { EmailView } from './email-view'

type EmailToRead = ApiOutputs['campaigns']['email']

/** One planned email to read, with ways to those before and after it in the list that it was opened from. */
export function EmailDialog({
  id,
  among,
  onChoose,
  onClose,
}: {
  /** Null while none is open. */
  id: string | null
  /** The emails of the list, in its order. */
  among: readonly string[]
  onChoose: (id: string) => void
  onClose: () => void
}) {
  const email = api.campaigns.email.useQuery({ id: id ?? '' }, { enabled: id !== null, refetchInterval: 15_000 })
  const at = id === null ? -1 : among.indexOf(id)
  const wayTo = (to: string | undefined) => (to === undefined ? null : () => onChoose(to))
  return (
    <DialogParts
      wide
      open={id !== null}
      onOpenChange={(open) => open || onClose()}
      title={email.data ? `Step ${email.data.stepNumber} to ${email.data.lead.name}` : 'Email'}
      footer={
        at >= 0 && (
          <div className="mr-auto flex gap-1">
            <Neighbours noun="email" previous={wayTo(at > 0 ? among[at - 1] : undefined)} next={wayTo(among[at + 1])} />
          </div>
        )
      }
    >
      {email.data ? (
        <Shown email={email.data} />
      ) : email.error ? (
        <ErrorState title={messageOf(email.error)} untouched="Nothing was changed." />
      ) : (
        <SkeletonRows rows={5} label="Loading the email" />
      )}
    </DialogParts>
  )
}

function Shown({ email }: { email: EmailToRead }) {
  const { campaign, lead, templateName, version, from, to, content, failure } = email
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <EmailStatusChip status={email.status} />
        <span className="text-ink-2">
          <WhenWords email={email} />
        </span>
      </div>
      {failure && (
        <Callout tone="failed" title="As things stand this email cannot be made.">
          {failure}
        </Callout>
      )}
      {content && <EmailView from={from} to={to} content={content} deletedAfter={email.textKeptDays} />}
      <p className="text-caption text-ink-3 [overflow-wrap:anywhere]">
        {email.response && <>The mail server answered: {email.response} · </>}
        Template {templateName} · <TextLink href={routes.campaign(campaign.id)}>{campaign.name}</TextLink>, version{' '}
        {version} · <TextLink href={routes.lead(lead.id)}>Open the lead</TextLink> · Message-ID {email.messageId}
      </p>
    </div>
  )
}

function WhenWords({ email: { as, status, sentAt, scheduledFor, campaign } }: { email: EmailToRead }) {
  const zone = campaign.timezone
  if (as === 'recorded')
    return sentAt ? (
      <>
        As it went out <Time at={sentAt} zone={zone} />
      </>
    ) : (
      'As it went out'
    )
  if (status === 'pending')
    return (
      <>
        As it would leave now; planned for <Time at={scheduledFor} zone={zone} />
      </>
    )
  if (status === 'sending' || status === 'held')
    return 'Made of its template as it stands now; what is on the way may be older'
  return 'It has not left. As it would read now'
}
