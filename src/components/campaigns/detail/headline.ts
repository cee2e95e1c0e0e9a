import { momentWords } from '@/components/time/time-text'
import { formatOf } from '@/components/ui/numbers'
import type { CampaignDetails } from '../api-types'
import { sourcesWithCriteria } from '../criteria/criteria-text'
import { amountWords, INTERVAL_WORDS, sourceWords } from '../status/plan-text'

/** "1 day apart", "1 to 3 days apart"; null for a single email. */
export function gapWords(steps: readonly { daysAfterPrevious: number }[]): string | null {
  const gaps = steps.slice(1).map(({ daysAfterPrevious }) => daysAfterPrevious)
  if (gaps.length === 0) return null
  const least = Math.min(...gaps)
  const most = Math.max(...gaps)
  return least === most ? `${formatOf(most, 'day')} apart` : `${least} to ${formatOf(most, 'day')} apart`
}

type Facts = Pick<
  CampaignDetails,
  | 'type'
  | 'leadSources'
  | 'maxResultsPerRun'
  | 'isRecurring'
  | 'recurringInterval'
  | 'useWorkflow'
  | 'workflow'
  | 'changedFrom'
  | 'emailTemplate'
  | 'steps'
  | 'batches'
  | 'totalLeadsTargeted'
  | 'actualStartedAt'
  | 'scheduledStartAt'
  | 'completedAt'
  | 'leadCriteria'
  | 'status'
  | 'timezone'
>

/** Workflow “Three touches” · 3 steps, 1 day apart · 2 batches, 412 leads · started Thu 19 Nov 09:00 Europe/Berlin */
export function headline(campaign: Facts, now: Date): string {
  const parts =
    campaign.type === 'outreach'
      ? [...sequenceParts(campaign), batchPart(campaign)]
      : campaign.type === 'lead_generation'
        ? generationParts(campaign)
        : [...generationParts(campaign), ...sequenceParts(campaign)]
  return [...parts, timeWords(campaign, campaign.timezone, now)].filter(Boolean).join(' · ')
}

function generationParts(campaign: Facts): (string | null)[] {
  const { leadSources, leadCriteria, maxResultsPerRun, isRecurring, recurringInterval } = campaign
  return [
    sourceWords(leadSources),
    amountWords({ leadSources: sourcesWithCriteria(leadSources, leadCriteria), maxResultsPerRun }),
    isRecurring && recurringInterval ? INTERVAL_WORDS[recurringInterval] : 'once',
  ]
}

function batchPart({ batches, totalLeadsTargeted }: Facts): string | null {
  const leads = totalLeadsTargeted > 0 ? `, ${formatOf(totalLeadsTargeted, 'lead')}` : ''
  return batches.length > 0 ? `${formatOf(batches.length, 'batch', 'batches')}${leads}` : null
}

/** What the sequence is or came from; null for none. */
function sequenceWords({ useWorkflow, workflow, changedFrom, emailTemplate, steps }: Facts): string | null {
  if (changedFrom !== null) return changedFrom ? `Sequence “${changedFrom}”, changed` : 'Own emails, changed'
  if (!useWorkflow) return emailTemplate && `Template “${emailTemplate.name}”`
  if (workflow) return `Workflow “${workflow.name}”`
  return steps.length > 0 ? 'Own emails' : null
}

function sequenceParts(campaign: Facts): (string | null)[] {
  const { useWorkflow, steps } = campaign
  const gap = gapWords(steps)
  return [
    sequenceWords(campaign),
    steps.length > 1
      ? `${steps.length} steps${gap ? `, ${gap}` : ''}`
      : steps.length === 1 && useWorkflow
        ? '1 step'
        : null,
  ]
}

function timeWords(
  { status, actualStartedAt, scheduledStartAt, completedAt }: Facts,
  zone: string,
  now: Date,
): string | null {
  if (status === 'scheduled' && scheduledStartAt) return `starts ${momentWords(scheduledStartAt, zone, now)}`
  if (status === 'completed' && completedAt) return `ended ${momentWords(completedAt, zone, now)}`
  return actualStartedAt ? `started ${momentWords(actualStartedAt, zone, now)}` : null
}
