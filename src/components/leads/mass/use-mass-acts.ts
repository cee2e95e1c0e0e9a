'use client'

import { useEffect, useRef } from 'react'
import { useLive } from '@/components/hooks/use-live'
import { api } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'

const MOVING_MS = 1_000
const RESTING_MS = 30_000

/**
 * Acts on many leads that are on their way, and the one that ended last: read as one gets further, else every second while there is one.
 */
export function useMassActs() {
  const utils = api.useUtils()
  const stream = useLive('mass_acts', () => void utils.massActs.list.invalidate())
  const acts = api.massActs.list.useQuery(undefined, {
    refetchInterval: ({ state }) =>
      stream !== 'live' && state.data?.some((act) => act.state === 'working') ? MOVING_MS : RESTING_MS,
  }).data
  const refresh = useRefreshLeads()
  // What an act has changed is on the lists when it is over, however soon: many are over before they are seen at work.
  const over = acts
    ?.flatMap(({ id, state }) => (state === 'working' ? [] : [id]))
    .toSorted()
    .join()
  const before = useRef(over)
  useEffect(() => {
    if (before.current !== undefined && over !== before.current) {
      void refresh()
      void utils.massActs.ended.invalidate()
    }
    before.current = over
  }, [over, refresh, utils])
  return acts
}
