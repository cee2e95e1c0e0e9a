'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { localOf, momentOf } from '@/components/time/local-time'
import { Callout } from '@/components/ui/callout'
import { PageHeader } from '@/components/ui/page-header'
import { Stepper } from '@/components/ui/stepper'
import { type DraftStep, routes } from '@/routes'
import { api } from '@/trpc/react'
import type { CampaignDetails } from '../api-types'
import { TYPE_WORDS } from '../status/type-text'
import { openStep, STEPS_OF, stepLabel } from './draft/draft-steps'
import { isCurrent } from './draft/saving'
import { stepStates } from './draft/step-states'
import { type Draft, useDraft } from './draft/use-draft'
import { DraftMenu } from './draft-menu'
import { editParsers } from './edit-search-params'
import { LaunchButton } from './launch-button'
import { SavedNote } from './saved-note'
import { StepFooter } from './step-footer'
import { AmountStep } from './steps/amount-step'
import { GenerationReview } from './steps/generation-review'
import { LeadsStep } from './steps/leads-step'
import { MailboxesStep } from './steps/mailboxes-step'
import { ReviewStep } from './steps/review-step'
import { SequenceStep } from './steps/sequence-step'
import { SourcesStep } from './steps/sources-step'

/** A draft campaign, step by step; saved as it goes. Which steps it has is a matter of its type. */
export function DraftEditor({ campaign }: { campaign: CampaignDetails }) {
  const draft = useDraft(campaign)
  const { id: campaignId, type } = campaign
  const { step, states, localStart, startAt, setStart, hrefOf, keepStart, check, forecast } = useDraftView(
    campaign,
    draft,
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
            <SavedNote saving={draft.saving} onRetry={() => void draft.save()} />
            {step === 'review' && (
              <LaunchButton
                campaign={campaign}
                draft={draft}
                preflight={check.data}
                firstAt={forecast.data?.firstAt ?? null}
                startAt={startAt}
                scheduled={localStart !== null}
              />
            )}
            <DraftMenu campaign={{ id: campaignId, name: draft.values.name }} />
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
      {campaign.statusReason && (
        <Callout tone="held" className="mb-4" title="It did not start by itself.">
          {campaign.statusReason}
        </Callout>
      )}
      {step === 'leads' && <LeadsStep campaignId={campaignId} draft={draft} preflight={check} />}
      {step === 'sources' && <SourcesStep draft={draft} />}
      {step === 'amount' && <AmountStep type={type} draft={draft} start={localStart} onStartChange={setStart} />}
      {step === 'sequence' && <SequenceStep draft={draft} />}
      {step === 'mailboxes' && <MailboxesStep type={type} draft={draft} start={localStart} onStartChange={setStart} />}
      {step === 'review' &&
        (type === 'outreach' ? (
          <ReviewStep
            campaignId={campaignId}
            draft={draft}
            preflight={check}
            forecast={forecast}
            startAt={startAt}
            keepStart={keepStart}
          />
        ) : (
          <GenerationReview
            campaign={campaign}
            draft={draft}
            preflight={check}
            startAt={startAt}
            keepStart={keepStart}
          />
        ))}
      <StepFooter type={type} step={step} hrefOf={hrefOf} />
    </>
  )
}

/** The open step and the chosen start, both from the address, and what the server says of the draft as it stands. */
function useDraftView(campaign: CampaignDetails, draft: Draft) {
  const { id: campaignId, type } = campaign
  const [{ step: asked, start }, setAddress] = useQueryStates(editParsers)
  const step = openStep(type, asked)
  const wanted = start ?? (campaign.scheduledStartAt ? localOf(campaign.scheduledStartAt, draft.values.timezone) : null)
  const localStart = start === 'now' ? null : wanted
  const startAt = localStart ? momentOf(localStart, draft.values.timezone) : null
  const seen = useSeen(step)
  const preflight = api.campaigns.preflight.useQuery({ campaignId })
  const forecast = api.campaigns.forecast.useQuery(
    { campaignId, ...(startAt ? { startAt } : {}) },
    { enabled: step === 'review' && type === 'outreach', placeholderData: keepPreviousData },
  )
  // Counts of a moment ago beside choices of now would contradict each other.
  const checked = isCurrent(draft.saving, preflight.dataUpdatedAt) ? preflight.data : undefined
  const planned = isCurrent(draft.saving, forecast.dataUpdatedAt) ? forecast.data : undefined
  const states = stepStates(type, preflight.data, draft.saving.invalid, seen)
  const hrefOf = (to: DraftStep) => routes.editCampaign(campaignId, { step: to, start })
  const keepStart = (href: string) =>
    start && href.startsWith(routes.editCampaign(campaignId)) ? `${href}&start=${encodeURIComponent(start)}` : href
  const setStart = (next: string | null) => setAddress({ start: next ?? 'now' }, { history: 'replace' })
  return {
    step,
    states,
    localStart,
    startAt,
    setStart,
    hrefOf,
    keepStart,
    check: { data: checked, error: preflight.error },
    forecast: { data: planned, error: forecast.error },
  }
}

/** The steps that were left or opened since the page was opened; what is missing in them may be pointed at. */
function useSeen(step: DraftStep): ReadonlySet<DraftStep> {
  const [seen, setSeen] = useState<{ last: DraftStep; steps: ReadonlySet<DraftStep> }>(() => ({
    last: step,
    steps: new Set(step === 'review' ? [step] : []),
  }))
  if (seen.last !== step) {
    setSeen({ last: step, steps: new Set([...seen.steps, seen.last, ...(step === 'review' ? [step] : [])]) })
  }
  return seen.steps
}
