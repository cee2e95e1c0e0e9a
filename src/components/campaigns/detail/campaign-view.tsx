'use client'

import { useQueryStates } from 'nuqs'
import { Card } from '@/components/ui/card'
import { Deferred } from '@/components/ui/later/deferred'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Tabs } from '@/components/ui/tabs'
import type { CampaignType } from '@/domain/campaign/state'
import { type CampaignTab, routes } from '@/routes'
import type { CampaignDetails, Progress } from '../api-types'
import { detailParsers } from '../detail-search-params'
import { CampaignStatusChip } from '../status/campaign-status'
import { TYPE_WORDS } from '../status/type-text'
import { CampaignActions } from './campaign-actions'
import { headline } from './headline'
import { hasLiveFigures, tabCounts } from './live'
import { LiveDot } from './live-dot'
import { tabParts } from './tab-parts'

export type LiveState = { updatedAt: number; failing: boolean; everyMs: number; isTold: boolean }

const TABS_OF: Record<CampaignType, readonly CampaignTab[]> = {
  outreach: ['progress', 'results', 'emails', 'leads', 'activity', 'settings'],
  lead_generation: ['progress', 'runs', 'activity', 'settings'],
  fully_automated: ['progress', 'results', 'runs', 'emails', 'leads', 'activity', 'settings'],
}

const TAB_LABELS: Record<CampaignTab, string> = {
  progress: 'Progress',
  results: 'Results',
  runs: 'Runs',
  emails: 'Emails',
  leads: 'Leads',
  activity: 'Activity',
  settings: 'Settings',
}

const POLL_MS = 5_000

const WAITING = (
  <Card>
    <SkeletonRows rows={8} label="Loading this part of the campaign" />
  </Card>
)

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
  const counts = tabCounts(progress)
  const tab = TABS_OF[campaign.type].includes(address.tab) ? address.tab : 'progress'
  const hrefOf = (tab: CampaignTab) => routes.campaign(campaign.id, { tab })
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Campaigns', href: routes.campaigns() },
          { label: TYPE_WORDS[campaign.type].label, href: routes.campaigns({ type: campaign.type }) },
        ]}
        title={campaign.name}
        status={
          <>
            <CampaignStatusChip campaign={campaign} />
            {hasLiveFigures(campaign.status) && <LiveDot {...live} />}
          </>
        }
        sub={headline({ ...campaign, totalLeadsTargeted: progress.leads }, progress.asOf)}
        actions={<CampaignActions campaign={campaign} progress={progress} />}
      />
      <Tabs
        label="Parts of this campaign"
        current={hrefOf(tab)}
        tabs={TABS_OF[campaign.type].map((tab) => ({
          label: TAB_LABELS[tab],
          href: hrefOf(tab),
          count: counts[tab],
        }))}
      />
      {tab === 'progress' && (
        <Deferred part={tabParts.progress} waiting={WAITING}>
          {({ ProgressTab }) => <ProgressTab campaign={campaign} progress={progress} />}
        </Deferred>
      )}
      {tab === 'results' && (
        <Deferred part={tabParts.results} waiting={WAITING}>
          {({ ResultsTab }) => <ResultsTab campaign={campaign} everyMs={Math.max(POLL_MS, live.everyMs)} />}
        </Deferred>
      )}
      {tab === 'runs' && (
        <Deferred part={tabParts.runs} waiting={WAITING}>
          {({ RunsTab }) => <RunsTab campaign={campaign} everyMs={Math.max(POLL_MS, live.everyMs)} />}
        </Deferred>
      )}
      {tab === 'emails' && (
        <Deferred part={tabParts.emails} waiting={WAITING}>
          {({ EmailsTab }) => <EmailsTab campaign={campaign} progress={progress} everyMs={live.everyMs} />}
        </Deferred>
      )}
      {tab === 'leads' && (
        <Deferred part={tabParts.leads} waiting={WAITING}>
          {({ LeadsTab }) => <LeadsTab campaign={campaign} />}
        </Deferred>
      )}
      {tab === 'activity' && (
        <Deferred part={tabParts.activity} waiting={WAITING}>
          {({ ActivityTab }) => <ActivityTab campaign={campaign} />}
        </Deferred>
      )}
      {tab === 'settings' && (
        <Deferred part={tabParts.settings} waiting={WAITING}>
          {({ SettingsTab }) => <SettingsTab campaign={campaign} />}
        </Deferred>
      )}
    </>
  )
}
