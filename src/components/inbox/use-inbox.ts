'use client'

import { keepPreviousData } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { useEffect, useRef } from 'react'
import { useDebounced } from '@/components/hooks/use-debounced'
import { useListColumns } from '@/components/lists/columns/use-list-columns'
import { type InboxQuery, routes } from '@/routes'
import { api } from '@/trpc/react'
import { INBOX_COLUMNS } from './inbox-columns'
import { inboxParsers } from './inbox-search-params'

const PAGE_SIZE = 50
const EVERY_MS = 15_000

/** The list that the address names, its counts, and the ways from one conversation to the next. */
export function useInbox() {
  const [address, setAddress] = useQueryStates(inboxParsers)
  const { scope, mailbox, campaign, person, search, after, before, id } = address
  const choice = useListColumns(INBOX_COLUMNS)
  const wanted = useDebounced(search.trim(), 200)
  const filter = {
    ...(mailbox ? { mailboxId: mailbox } : {}),
    ...(campaign ? { campaignId: campaign } : {}),
    ...(person ? { assigneeId: person === 'nobody' ? null : person } : {}),
    ...(wanted ? { search: wanted } : {}),
  }
  const place = { ...(after ? { after } : {}), ...(before ? { before } : {}) }
  const kept = { placeholderData: keepPreviousData, refetchInterval: EVERY_MS }
  const list = api.inbox.list.useQuery({ ...filter, ...place, scope, pageSize: PAGE_SIZE }, kept)
  const counts = api.inbox.counts.useQuery(filter, kept)
  const rows = list.data?.rows ?? []
  const at = rows.findIndex((row) => row.id === id)
  const beside = (step: 1 | -1) =>
    (id !== null && at < 0 ? rows[0] : rows[at < 0 && step < 0 ? 0 : at + step])?.id ?? null
  // What is open by the time that an answer comes; nothing once the page was left.
  const opened = useRef<string | null>(null)
  useEffect(() => {
    opened.current = id
    return () => {
      opened.current = null
    }
  }, [id])
  return {
    address,
    setAddress,
    choice,
    list,
    counts,
    rows,
    isFiltered: Boolean(mailbox || campaign || person || wanted),
    openId: id,
    /** Whether this conversation is the open one, still. */
    isOpen: (one: string) => opened.current === one,
    /** The conversation below or above the open one in the list; null at its end. */
    beside,
    open: (next: string | null) => void setAddress({ id: next }, { history: 'push' }),
    hrefOf: (query: InboxQuery) => routes.inbox({ ...address, columns: choice.said, ...query }),
  }
}

export type Inbox = ReturnType<typeof useInbox>
