'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { useDebounced } from '@/components/hooks/use-debounced'
import { correspondentWords } from '@/domain/inbox/correspondent'
import { routes } from '@/routes'
import { api } from '@/trpc/react'

export type Found = { href: string; name: string; note: string }
export type FoundGroup = { heading: string; rows: Found[] }

// A palette is for what a person has a name for; the list itself shows the rest.
const MOST = 5
const LIKELY_MS = 150

/** What bears the words in its name, by the searches of the lists. `isSettled`: all have answered to just these words. */
export function useFound(typed: string): { groups: FoundGroup[]; isSettled: boolean; failed: boolean } {
  const search = useDebounced(typed.trim(), LIKELY_MS)
  const asked = { search, pageSize: MOST }
  const how = { enabled: search !== '', placeholderData: keepPreviousData }
  const outreach = api.campaigns.list.useQuery({ ...asked, type: 'outreach' }, how)
  const finding = api.campaigns.list.useQuery({ ...asked, type: 'lead_generation' }, how)
  const automated = api.campaigns.list.useQuery({ ...asked, type: 'fully_automated' }, how)
  const leads = api.leads.list.useQuery(asked, how)
  const conversations = api.inbox.list.useQuery({ ...asked, scope: 'everything' }, how)
  const batches = api.batches.list.useQuery(asked, how)
  const templates = api.templates.list.useQuery(asked, how)
  const workflows = api.workflows.list.useQuery(asked, how)
  const queries = [outreach, finding, automated, leads, conversations, batches, templates, workflows]
  if (search === '') return { groups: [], isSettled: typed.trim() === '', failed: false }
  const campaigns = [outreach, finding, automated].flatMap(({ data }) => data?.rows ?? [])
  const groups: FoundGroup[] = [
    {
      heading: 'Campaigns',
      rows: campaigns.map(({ id, name, status }) => ({
        href: status === 'draft' ? routes.editCampaign(id) : routes.campaign(id),
        name,
        note: status,
      })),
    },
    {
      heading: 'Leads',
      rows: (leads.data?.leads ?? []).map(({ id, contactName, companyName, email }) => ({
        href: routes.lead(id),
        name: contactName || companyName || email,
        note: email,
      })),
    },
    {
      heading: 'Conversations',
      rows: (conversations.data?.rows ?? []).map((row) => ({
        href: routes.inbox({ scope: 'everything', id: row.id }),
        name: correspondentWords(row),
        note: row.subject,
      })),
    },
    { heading: 'Batches', rows: named(batches.data?.rows, routes.batch) },
    { heading: 'Templates', rows: named(templates.data?.rows, routes.template) },
    { heading: 'Workflows', rows: named(workflows.data?.rows, routes.workflow) },
  ]
  return {
    groups: groups.filter(({ rows }) => rows.length > 0),
    isSettled: search === typed.trim() && queries.every(({ isFetching }) => !isFetching),
    failed: queries.some(({ isError }) => isError),
  }
}

const named = (rows: readonly { id: string; name: string }[] = [], to: (id: string) => string): Found[] =>
  rows.map(({ id, name }) => ({ href: to(id), name, note: '' }))
