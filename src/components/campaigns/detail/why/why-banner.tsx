'use client'

import { Pause } from 'lucide-react'
import { Callout } from '@/components/ui/callout'
import { Deferred } from '@/components/ui/later/deferred'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import type { CampaignDetails, Progress } from '../../api-types'
import { generating, useWhy } from './use-why'
import type { Why } from './why-facts'

/** The reason why it sends or does not, at the top of the page. */
export function WhyBanner({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  const why = useWhy(campaign, progress)
  if (!why) {
    return (
      <Deferred part={generating} waiting={<Callout tone="info" className="mb-4" title="Looking at what it does…" />}>
        {() => null}
      </Deferred>
    )
  }
  const stopped = progress.mailboxes.find(({ health }) => health === 'stopped')
  return (
    <Callout
      tone={why.tone}
      {...(campaign.status === 'paused' ? { icon: Pause } : {})}
      className="mb-4"
      title={why.fact}
      action={<WhyLink why={why} campaign={campaign} stoppedId={stopped?.id} />}
    >
      {why.reason}
    </Callout>
  )
}

function WhyLink({
  why: { link },
  campaign: { id: campaignId, templateAtFault },
  stoppedId,
}: {
  why: Why
  campaign: CampaignDetails
  stoppedId: string | undefined
}) {
  if (link === 'reasons')
    return <TextLink href={routes.campaignEmails(campaignId, 'pending')}>See every reason</TextLink>
  if (link === 'held') return <TextLink href={routes.campaignEmails(campaignId, 'held')}>See held emails</TextLink>
  if (link === 'mailboxes') {
    return <TextLink href={stoppedId ? routes.mailbox(stoppedId) : routes.mailboxes}>Fix the mailbox</TextLink>
  }
  if (link === 'settings') return <TextLink href={routes.settings}>Add your postal address</TextLink>
  if (link === 'failed')
    return <TextLink href={routes.campaignEmails(campaignId, 'failed')}>See failed emails</TextLink>
  if (link === 'template' && templateAtFault)
    return <TextLink href={routes.template(templateAtFault.id)}>Open {templateAtFault.name}</TextLink>
  if (link === 'runs') return <TextLink href={routes.campaign(campaignId, { tab: 'runs' })}>See its runs</TextLink>
  if (link === 'sources') return <TextLink href={routes.leadSources}>Lead sources</TextLink>
  return null
}
