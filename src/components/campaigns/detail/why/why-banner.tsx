'use client'

import { Pause } from 'lucide-react'
import { useHealth } from '@/components/shell/health'
import { Callout } from '@/components/ui/callout'
import { useNow } from '@/components/ui/clock'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import type { CampaignDetails, Progress } from '../../api-types'
import type { Why } from './why-facts'
import { whySentence } from './why-sentence'

/** The reason why it sends or does not, at the top of the page. */
export function WhyBanner({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const now = useNow(5_000)
  const health = useHealth()
  const { data: all = [] } = api.mailboxes.list.useQuery()
  const why = whySentence({
    campaign,
    progress,
    mailboxes: all.filter(({ id }) => progress.mailboxes.some((box) => box.id === id)),
    workerAlive: health.data ? health.data.worker.ok : null,
    now: now && now > progress.asOf ? now : progress.asOf,
  })
  const stopped = progress.mailboxes.find(({ health }) => health === 'stopped')
  return (
    <Callout
      tone={why.tone}
      {...(campaign.status === 'paused' ? { icon: Pause } : {})}
      className="mb-4"
      title={why.fact}
      action={<WhyLink why={why} campaignId={campaign.id} stoppedId={stopped?.id} />}
    >
      {why.reason}
    </Callout>
  )
}

function WhyLink({
  why: { link },
  campaignId,
  stoppedId,
}: {
  why: Why
  campaignId: string
  stoppedId: string | undefined
}) {
  if (link === 'reasons')
    return <TextLink href={routes.campaignEmails(campaignId, 'pending')}>See every reason</TextLink>
  if (link === 'held') return <TextLink href={routes.campaignEmails(campaignId, 'held')}>See held emails</TextLink>
  if (link === 'mailboxes') {
    return <TextLink href={stoppedId ? routes.mailbox(stoppedId) : routes.mailboxes}>Fix the mailbox</TextLink>
  }
  if (link === 'runs') return <TextLink href={routes.campaign(campaignId, { tab: 'runs' })}>See its runs</TextLink>
  if (link === 'sources') return <TextLink href={routes.leadSources}>Lead sources</TextLink>
  return null
}
