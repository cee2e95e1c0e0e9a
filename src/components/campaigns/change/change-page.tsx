'use client'

import { skipToken } from '@tanstack/react-query'
import { parseAsInteger, useQueryState } from 'nuqs'
import { useEffect, useRef, useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { ErrorState } from '@/components/ui/error-state'
import { Stack } from '@/components/ui/layout'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import type { CampaignDetails, Progress, UndoneChange } from '../api-types'
import { BatchesCard, MailboxesCard } from './additions-card'
import { valuesOf } from './change-values'
import { EffectCard } from './effect-card'
import { LeadsCard } from './leads-card'
import { SequenceCard } from './sequence-card'
import { useChange } from './use-change'

/** A proposal to change a campaign that runs or is paused; with `?undo=3`, the one that takes version 3 back. */
export function ChangePage({ campaignId }: { campaignId: string }) {
  const [undo] = useQueryState('undo', parseAsInteger)
  const campaign = api.campaigns.get.useQuery({ campaignId })
  const progress = api.campaigns.progress.useQuery({ campaignId })
  const undone = api.campaigns.undoChange.useQuery(undo === null ? skipToken : { campaignId, version: undo }, {
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [opened, setOpened] = useState(0)
  const loadAnew = async () => {
    await Promise.all([campaign.refetch(), progress.refetch(), ...(undo === null ? [] : [undone.refetch()])])
    setOpened((times) => times + 1)
  }
  const error = campaign.error ?? progress.error ?? undone.error
  if (error) {
    return (
      <ErrorState
        title={messageOf(error)}
        untouched="Nothing was changed, and emails go on as planned."
        action={<ButtonLink href={routes.campaign(campaignId)}>Go to the campaign</ButtonLink>}
      />
    )
  }
  if (!campaign.data || !progress.data || (undo !== null && !undone.data)) return <Loading />
  return (
    <Proposal
      key={`${undo ?? 'new'} ${opened}`}
      campaign={campaign.data}
      progress={progress.data}
      undo={undo === null || !undone.data ? null : { version: undo, ...undone.data }}
      onLoadAnew={loadAnew}
    />
  )
}

function Loading() {
  return (
    <div>
      <h1 className="sr-only">Loading the campaign</h1>
      <Skeleton className="mb-2 h-4 w-40" />
      <Skeleton className="mb-6 h-7 w-72" />
      <Skeleton className="h-64 max-w-[720px]" />
    </div>
  )
}

const GOT = ['sent', 'sending', 'held', 'failed'] as const

function Proposal({
  campaign,
  progress,
  undo,
  onLoadAnew,
}: {
  campaign: CampaignDetails
  progress: Progress
  undo: (UndoneChange & { version: number }) | null
  onLoadAnew: () => Promise<void>
}) {
  const proposal = useChange(campaign, valuesOf(campaign, undo?.change), undo?.version ?? null)
  const { values, edit } = proposal
  const reached = Math.max(
    0,
    ...progress.steps
      .filter(({ ledger }) => GOT.some((status) => ledger[status] > 0))
      .map(({ stepNumber }) => stepNumber),
  )
  const back = routes.campaign(campaign.id)
  const outcome = <Outcome campaign={campaign} proposal={proposal} seeks={undo === null} onLoadAnew={onLoadAnew} />
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Campaigns', href: routes.campaigns() },
          { label: campaign.name, href: back },
        ]}
        title={undo ? `Undo version ${undo.version}` : 'Change'}
        sub="Nothing changes before you have seen the effect and applied it. Emails that were sent, are on their way or held stay as they are."
      />
      <Stack className="max-w-[720px]">
        {undo?.stays.map((words) => (
          <Callout key={words} tone="held" title="Not everything can be undone.">
            {words}
          </Callout>
        ))}
        {undo && outcome}
        <SequenceCard
          workflow={campaign.useWorkflow ? (campaign.workflow?.name ?? null) : null}
          present={campaign.steps}
          steps={values.steps}
          reached={reached}
          errors={proposal.errors}
          onChange={(steps) => edit({ steps })}
        />
        <LeadsCard campaignId={campaign.id} values={values} onChange={edit} />
        {campaign.type === 'outreach' && <BatchesCard campaign={campaign} values={values} onChange={edit} />}
        <MailboxesCard campaign={campaign} values={values} onChange={edit} />
        {!undo && outcome}
      </Stack>
    </>
  )
}

/** What the proposal would do, once that was asked for, and the way to apply it. */
function Outcome({
  campaign,
  proposal,
  seeks,
  onLoadAnew,
}: {
  campaign: CampaignDetails
  proposal: ReturnType<typeof useChange>
  /** It stands below the form, and comes into view once it is there. */
  seeks: boolean
  onLoadAnew: () => Promise<void>
}) {
  const { effect } = proposal
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (effect && seeks) place.current?.scrollIntoView({ block: 'start' })
  }, [effect, seeks])
  return (
    <>
      <div ref={place} aria-live="polite" className="grid scroll-mt-4 gap-4">
        {proposal.moved && (
          <Callout tone="held" title="Emails have moved since you looked.">
            Nothing was changed. The effect below is counted anew.
          </Callout>
        )}
        {proposal.error && (
          <Callout tone="failed" title="This can’t be done.">
            {proposal.error}
          </Callout>
        )}
        {effect && <EffectCard effect={effect} campaign={campaign} />}
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <ButtonLink href={routes.campaign(campaign.id)}>Keep as it is</ButtonLink>
        {proposal.stale ? (
          <Button variant="primary" onClick={onLoadAnew}>
            Load it anew
          </Button>
        ) : effect ? (
          <Button variant="primary" pending={proposal.applying} onClick={proposal.apply}>
            Apply
          </Button>
        ) : (
          <Button variant="primary" disabled={!proposal.isChange} pending={proposal.looking} onClick={proposal.see}>
            See the effect
          </Button>
        )}
      </div>
    </>
  )
}
