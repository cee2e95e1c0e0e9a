'use client'

import { useQueryStates } from 'nuqs'
import { PageHeader } from '@/components/ui/page-header'
import { Tabs } from '@/components/ui/tabs'
import type { CampaignDetails, Progress } from '../api-types'
import { CampaignStatusChip } from '../campaign-status'
import { ActivityTab } from './activity-tab'
import { CampaignActions } from './campaign-actions'
import { type DetailTab, detailHref, detailParsers } from './detail-address'
import { EmailsTab } from './emails-tab'
import { headline } from './headline'
import { LeadsTab } from './leads-tab'
import { LiveDot } from './live-dot'
import { ProgressTab } from './progress-tab'
import { SettingsTab } from './settings-tab'

export type LiveState = { updatedAt: number; failing: boolean; everyMs: number }

/** A campaign that has left the draft state. */
export function CampaignView({
  campaign,
  progress,
  live,
}: {
  campaign: CampaignDetails
  progress: Progress
  live: LiveState
}) {
  const [address] = useQueryStates(detailParsers)
  const hrefOf = (tab: DetailTab) => detailHref(campaign.id, { tab })
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Campaigns', href: '/campaigns' }, { label: 'Outreach' }]}
        title={campaign.name}
        status={<CampaignStatusChip campaign={campaign} />}
        sub={headline(campaign, progress.asOf)}
        actions={
          <>
            <LiveDot {...live} />
            <CampaignActions campaign={campaign} ledger={progress.ledger} />
          </>
        }
      />
      <Tabs
        label="Parts of this campaign"
        current={hrefOf(address.tab)}
        tabs={[
          { label: 'Progress', href: hrefOf('progress') },
          { label: 'Emails', href: hrefOf('emails'), count: progress.ledger.planned },
          { label: 'Leads', href: hrefOf('leads'), count: campaign.totalLeadsTargeted },
          { label: 'Activity', href: hrefOf('activity') },
          { label: 'Settings', href: hrefOf('settings') },
        ]}
      />
      {address.tab === 'progress' && <ProgressTab campaign={campaign} progress={progress} />}
      {address.tab === 'emails' && <EmailsTab campaign={campaign} progress={progress} everyMs={live.everyMs} />}
      {address.tab === 'leads' && <LeadsTab campaign={campaign} />}
      {address.tab === 'activity' && <ActivityTab campaign={campaign} />}
      {address.tab === 'settings' && <SettingsTab campaign={campaign} />}
    </>
  )
}
