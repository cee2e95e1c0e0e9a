'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { Callout } from '@/components/ui/callout'
import { PageHeader } from '@/components/ui/page-header'
import { Stepper } from '@/components/ui/stepper'
import { useTRPC } from '@/trpc/react'
import type { CampaignDetails } from '../api-types'
import { DraftMenu } from './draft-menu'
import { DRAFT_STEPS, type DraftStep, editHref, editParsers, STEP_LABELS } from './edit-address'
import { LaunchButton } from './launch-button'
import { LeadsStep } from './leads-step'
import { localOf, momentOf } from './local-time'
import { MailboxesStep } from './mailboxes-step'
import { ReviewStep } from './review-step'
import { SavedNote } from './saved-note'
import { isCurrent } from './saving'
import { SequenceStep } from './sequence-step'
import { StepFooter } from './step-footer'
import { stepStates } from './step-states'
import { useDraft } from './use-draft'

/** A draft campaign, step by step; saved as it goes. */
export function DraftEditor({ campaign }: { campaign: CampaignDetails }) {
  const trpc = useTRPC()
  const draft = useDraft(campaign)
  const campaignId = campaign.id
  const [{ step, start }, setAddress] = useQueryStates(editParsers)
  const wanted = start ?? (campaign.scheduledStartAt ? localOf(campaign.scheduledStartAt, draft.values.timezone) : null)
  const localStart = start === 'now' ? null : wanted
  const startAt = localStart ? momentOf(localStart, draft.values.timezone) : null
  const seen = useSeen(step)
  const preflight = useQuery(trpc.campaigns.preflight.queryOptions({ campaignId }))
  const forecast = useQuery(
    trpc.campaigns.forecast.queryOptions(
      { campaignId, ...(startAt ? { startAt } : {}) },
      { enabled: step === 'review', placeholderData: keepPreviousData },
    ),
  )
  // Counts of a moment ago beside choices of now would contradict each other.
  const checked = isCurrent(draft.saving, preflight.dataUpdatedAt) ? preflight.data : undefined
  const planned = isCurrent(draft.saving, forecast.dataUpdatedAt) ? forecast.data : undefined
  const states = stepStates(preflight.data, draft.saving.invalid, seen)
  const hrefOf = (to: DraftStep) => editHref(campaignId, to, start)
  const keepStart = (href: string) =>
    start && href.startsWith(`/campaigns/${campaignId}/edit`) ? `${href}&start=${encodeURIComponent(start)}` : href
  const setStart = (next: string | null) => setAddress({ start: next ?? 'now' }, { history: 'replace' })

  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Campaigns', href: '/campaigns' }, { label: 'New outreach campaign' }]}
        title={draft.values.name.trim() || 'Untitled campaign'}
        actions={
          <>
            <SavedNote saving={draft.saving} onRetry={() => void draft.save()} />
            {step === 'review' && (
              <LaunchButton
                campaign={campaign}
                draft={draft}
                preflight={checked}
                firstAt={planned?.firstAt ?? null}
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
        steps={DRAFT_STEPS.map((one) => ({ label: STEP_LABELS[one], href: hrefOf(one), state: states[one] }))}
      />
      {campaign.statusReason && (
        <Callout tone="held" className="mb-4" title="It did not start by itself.">
          {campaign.statusReason}
        </Callout>
      )}
      {step === 'leads' && (
        <LeadsStep campaignId={campaignId} draft={draft} preflight={{ data: checked, error: preflight.error }} />
      )}
      {step === 'sequence' && <SequenceStep draft={draft} />}
      {step === 'mailboxes' && <MailboxesStep draft={draft} start={localStart} onStartChange={setStart} />}
      {step === 'review' && (
        <ReviewStep
          draft={draft}
          preflight={{ data: checked, error: preflight.error }}
          forecast={{ data: planned, error: forecast.error }}
          startAt={startAt}
          keepStart={keepStart}
        />
      )}
      <StepFooter step={step} hrefOf={hrefOf} />
    </>
  )
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
