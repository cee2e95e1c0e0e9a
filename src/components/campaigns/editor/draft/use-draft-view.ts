'use client'

import { keepPreviousData, skipToken } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { localOf, momentOf } from '@/components/time/local-time'
import { type DraftStep, routes } from '@/routes'
import { api } from '@/trpc/react'
import type { CampaignDetails } from '../../api-types'
import { editParsers } from '../edit-search-params'
import { openStep } from './draft-steps'
import { isCurrent } from './saving'
import { stepStates } from './step-states'
import type { Draft } from './use-draft'

/** The open step and the chosen start, both from the address, and what the server says of the draft as it stands. */
export function useDraftView(
  { type, scheduledStartAt }: Pick<CampaignDetails, 'type' | 'scheduledStartAt'>,
  { id: campaignId, values, saving }: Draft,
) {
  const [{ step: asked, start }, setAddress] = useQueryStates(editParsers)
  const step = openStep(type, asked)
  const wanted = start ?? (scheduledStartAt ? localOf(scheduledStartAt, values.timezone) : null)
  const localStart = start === 'now' ? null : wanted
  const startAt = localStart ? momentOf(localStart, values.timezone) : null
  const { seen, moved } = useSeen(step)
  // Asked anew on every return: what was fixed elsewhere a moment ago must not stand in the way here.
  const preflight = api.campaigns.preflight.useQuery(campaignId ? { campaignId } : skipToken, { staleTime: 0 })
  const forecast = api.campaigns.forecast.useQuery(
    campaignId && step === 'review' && type === 'outreach'
      ? { campaignId, ...(startAt ? { startAt } : {}) }
      : skipToken,
    { placeholderData: keepPreviousData, staleTime: 0 },
  )
  // Counts of a moment ago beside choices of now would contradict each other.
  const checked = isCurrent(saving, preflight.dataUpdatedAt) ? preflight.data : undefined
  const planned = isCurrent(saving, forecast.dataUpdatedAt) ? forecast.data : undefined
  const states = stepStates(type, preflight.data, saving.invalid, seen)
  const hrefOf = (to: DraftStep) =>
    campaignId
      ? routes.editCampaign(campaignId, { step: to, start })
      : routes.newCampaign({ type, step: to === openStep(type, null) ? null : to })
  const keepStart = (href: string) =>
    campaignId && start && href.startsWith(routes.editCampaign(campaignId))
      ? `${href}&start=${encodeURIComponent(start)}`
      : href
  const setStart = (next: string | null) => setAddress({ start: next ?? 'now' }, { history: 'replace' })
  return {
    step,
    /** Another step was open before on this page. */
    moved,
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
function useSeen(step: DraftStep): { seen: ReadonlySet<DraftStep>; moved: boolean } {
  const [state, setState] = useState<{ last: DraftStep; steps: ReadonlySet<DraftStep>; moved: boolean }>(() => ({
    last: step,
    steps: new Set(step === 'review' ? [step] : []),
    moved: false,
  }))
  if (state.last !== step) {
    const opened = step === 'review' ? [step] : []
    setState({ last: step, steps: new Set([...state.steps, state.last, ...opened]), moved: true })
  }
  return { seen: state.steps, moved: state.moved || state.last !== step }
}
