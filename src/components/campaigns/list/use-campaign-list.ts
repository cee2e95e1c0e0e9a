'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useDebounced } from '@/components/hooks/use-debounced'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { useChosen } from '@/components/lists/use-chosen'
import { routes } from '@/routes'
import { api } from '@/trpc/react'
import type { CampaignRow, MatchingCampaigns } from '../api-types'
import { CAMPAIGN_COLUMNS } from './campaign-columns'
import { listParsers } from './list-search-params'

export const CAMPAIGNS_A_PAGE = 25
const EVERY = { has: () => true }

/** The list of campaigns that the address asks for, and those that are chosen in it. */
export function useCampaignList() {
  const [address, setAddress] = useQueryStates(listParsers)
  const { type, status, archived, search, sort, descending, page } = address
  const choice = useListColumns(CAMPAIGN_COLUMNS[type])
  const wanted = useDebounced(search.trim(), 200)
  /** Those that the list shows, on whatever page. */
  const matching: MatchingCampaigns = {
    ...{ type, archived, sort },
    ...(descending === null ? {} : { descending }),
    ...(status ? { status } : {}),
    ...(wanted ? { search: wanted } : {}),
  }
  const list = api.campaigns.list.useQuery(
    { ...matching, page, pageSize: CAMPAIGNS_A_PAGE },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  )
  const selection = useChosen<CampaignRow>(JSON.stringify([type, archived, status, search.trim()]))
  type Change = Parameters<typeof routes.campaigns>[0]
  return {
    ...{ address, setAddress, wanted, choice, matching, list, selection },
    ids: selection.all ? EVERY : selection.chosen,
    hasChosen: selection.all || selection.chosen.size > 0,
    /** The first page of this list, but for what is said. */
    hrefOf: (change: Change) =>
      routes.campaigns({ type, status, archived, search, sort, descending, columns: choice.said, ...change }),
  }
}

export type CampaignListPage = ReturnType<typeof useCampaignList>
