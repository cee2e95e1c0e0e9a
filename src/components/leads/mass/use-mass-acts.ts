'use client'

import { useEffect, useRef } from 'react'
import { api } from '@/trpc/react'
import { useRefreshLeads } from '../actions/use-lead-actions'

/** Acts on many leads that are on their way, looked after every second while there is one, and the one that ended last. */
export function useMassActs() {
  const acts = api.massActs.list.useQuery(undefined, {
    refetchInterval: ({ state }) => (state.data?.some((act) => act.state === 'working') ? 1_000 : 30_000),
  }).data
  const utils = api.useUtils()
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
