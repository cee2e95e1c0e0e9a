'use client'

import { Callout } from '@/components/ui/callout'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { PageHeader } from '@/components/ui/page-header'
import { Stepper } from '@/components/ui/stepper'
import { routes } from '@/routes'
import type { CampaignDetails } from '../api-types'
import { TYPE_WORDS } from '../status/type-text'
import { STEPS_OF, stepLabel } from './draft/draft-steps'
import type { Draft } from './draft/use-draft'
import { useDraftView } from './draft/use-draft-view'
import { DraftMenu } from './draft-menu'
import { DraftSkeleton, StepSkeleton } from './draft-skeleton'
import { LaunchButton } from './launch-button'
import { SavedNote } from './saved-note'
import { StepFooter } from './step-footer'
import { StepHeading } from './step-heading'

// One step is open at a time. The others come while a person looks at it.
const leads = later(() => import('./steps/leads-step'))
const sources = later(() => import('./steps/sources-step'))
const amount = later(() => import('./steps/amount-step'))
const sequence = later(() => import('./steps/sequence-step'))
const mailboxes = later(() => import('./steps/mailboxes-step'))
const review = later(() => import('./steps/review-step'))
const generationReview = later(() => import('./steps/generation-review'))

const WAITING = <StepSkeleton label="Loading this step" />

/** What the editor shows of a campaign beside the values that it sets; a new one has no more than its type. */
type DraftFacts = Pick<CampaignDetails, 'type' | 'steps' | 'statusReason' | 'scheduledStartAt'>

/** A draft campaign, step by step; saved as it goes. Which steps it has is a matter of its type. */
export function DraftEditor({ campaign, draft }: { campaign: DraftFacts; draft: Draft }) {
  const { id } = draft
  const { type } = campaign
  const view = useDraftView(campaign, draft)
  const { step, states, hrefOf } = view
  const launch = id !== null && step === 'review' && (
    <LaunchButton
      campaign={{ id, type }}
      draft={draft}
      preflight={view.check.data}
      firstAt={view.forecast.data?.firstAt ?? null}
      startAt={view.startAt}
      scheduled={view.localStart !== null}
    />
  )
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Campaigns', href: routes.campaigns({ type }) },
          { label: `New ${TYPE_WORDS[type].adjective} campaign` },
        ]}
        title={draft.values.name.trim() || 'Untitled campaign'}
        actions={
          <>
            <SavedNote
              stored={id !== null}
              saving={draft.saving}
              above={launch !== false}
              onRetry={() => void draft.save()}
            />
            {launch}
            {id && <DraftMenu campaign={{ id, name: draft.values.name }} />}
          </>
        }
      />
      <Stepper
        label="Steps of this campaign"
        current={hrefOf(step)}
        steps={STEPS_OF[type].map((one) => ({
          label: stepLabel(type, one),
          href: hrefOf(one),
          state: states.get(one) ?? 'todo',
        }))}
      />
      <StepHeading key={step} type={type} step={step} moved={view.moved} />
      {campaign.statusReason && (
        <Callout tone="held" className="mb-4" title="It did not start by itself.">
          {campaign.statusReason}
        </Callout>
      )}
      {/* While a step is on its way, what stands below it stays where it is. */}
      <div className="min-h-[50dvh]">
        <OpenStep campaign={campaign} draft={draft} view={view} />
      </div>
      <StepFooter type={type} step={step} hrefOf={hrefOf} act={launch} />
    </>
  )
}

/** The fields of the open step, or what a start would do. */
function OpenStep({
  campaign,
  draft,
  view,
}: {
  campaign: DraftFacts
  draft: Draft
  view: ReturnType<typeof useDraftView>
}) {
  const { id } = draft
  const { type } = campaign
  const { check, startAt, keepStart } = view
  const start = { start: view.localStart, onStartChange: view.setStart }
  switch (view.step) {
    case 'leads':
      return (
        <Deferred part={leads} waiting={WAITING}>
          {({ LeadsStep }) => <LeadsStep draft={draft} preflight={check} />}
        </Deferred>
      )
    case 'sources':
      return (
        <Deferred part={sources} waiting={WAITING}>
          {({ SourcesStep }) => <SourcesStep draft={draft} />}
        </Deferred>
      )
    case 'amount':
      return (
        <Deferred part={amount} waiting={WAITING}>
          {({ AmountStep }) => <AmountStep type={type} draft={draft} {...start} />}
        </Deferred>
      )
    case 'sequence':
      return (
        <Deferred part={sequence} waiting={WAITING}>
          {({ SequenceStep }) => <SequenceStep draft={draft} />}
        </Deferred>
      )
    case 'mailboxes':
      return (
        <Deferred part={mailboxes} waiting={WAITING}>
          {({ MailboxesStep }) => <MailboxesStep type={type} draft={draft} {...start} />}
        </Deferred>
      )
    case 'review': {
      // It is being stored.
      if (id === null) return <DraftSkeleton label="Storing the draft" />
      const common = { draft, preflight: check, startAt, keepStart }
      return type === 'outreach' ? (
        <Deferred part={review} waiting={WAITING}>
          {({ ReviewStep }) => (
            <ReviewStep campaignId={id} steps={campaign.steps.length} forecast={view.forecast} {...common} />
          )}
        </Deferred>
      ) : (
        <Deferred part={generationReview} waiting={WAITING}>
          {({ GenerationReview }) => <GenerationReview campaign={{ id, type, steps: campaign.steps }} {...common} />}
        </Deferred>
      )
    }
  }
}
