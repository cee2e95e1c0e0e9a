'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { useDebounced } from '@/components/hooks/use-debounced'
import { api } from '@/trpc/react'
import { useMayManage } from '../user'
import { type FoundGroup, groupsOf } from './found-groups'

// A palette is for what a person has a name for; the list itself shows the rest.
const MOST = 5
const LIKELY_MS = 150

/** What bears the words in its name, by the searches of the lists. `isSettled`: all have answered to just these words. */
export function useFound(typed: string): { groups: FoundGroup[]; isSettled: boolean; failed: boolean } {
  const search = useDebounced(typed.trim(), LIKELY_MS)
  const manages = useMayManage()
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
  const mailboxes = api.mailboxes.find.useQuery(asked, how)
  const people = api.team.find.useQuery(asked, how)
  const imports = api.imports.find.useQuery(asked, how)
  const suppressions = api.suppression.list.useQuery(asked, how)
  const sandbox = api.sandbox.list.useQuery(asked, how)
  const queries = [
    ...[outreach, finding, automated, leads, conversations, batches, templates, workflows],
    ...[mailboxes, people, imports, suppressions, sandbox],
  ]
  if (search === '') return { groups: [], isSettled: typed.trim() === '', failed: false }
  const groups = groupsOf(
    {
      campaigns: [outreach, finding, automated].flatMap(({ data }) => data?.rows ?? []),
      leads: leads.data?.leads,
      conversations: conversations.data?.rows,
      batches: batches.data?.rows,
      templates: templates.data?.rows,
      workflows: workflows.data?.rows,
      mailboxes: mailboxes.data,
      people: people.data,
      imports: imports.data,
      suppressions: suppressions.data?.entries,
      messages: sandbox.data?.rows,
    },
    { search, manages },
  )
  return {
    groups,
    isSettled: search === typed.trim() && queries.every(({ isFetching }) => !isFetching),
    failed: queries.some(({ isError }) => isError),
  }
}
