import {
  type ConversationFilter,
  countConversations,
  type ListedConversation,
  selectConversations,
} from '@/db/queries/inbox/select-conversations'
import { reachOfSearch } from '@/db/queries/leads/search-leads'
import type { Deps } from '@/deps'
import type { Scope } from '@/domain/inbox/conversation'
import { COUNTED_AT_MOST, type ListPage, type PageAsked, pageOf, pageRead } from '@/domain/lists/place'

export type ListConversations = Omit<ConversationFilter, 'searchAll'> & PageAsked & { scope?: Scope }

export type ConversationList = ListPage<ListedConversation> & {
  /** The search looked at so many conversations, the newest; null when at all. */
  searchedNewest: number | null
}

/** A page of the conversations of a scope, the latest message first. */
export async function listConversations(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { scope = 'open', after, before, pageSize = 50, ...asked }: ListConversations,
): Promise<ConversationList> {
  const { searchAll, searchedNewest } = await reachOfSearch(sql, asked.search, 'conversations')
  const filter = { ...asked, searchAll }
  const now = clock.now()
  const [counted] = asked.search ? await countConversations(sql, filter, { scopes: [scope], now }) : []
  const few = counted !== undefined && counted.count <= COUNTED_AT_MOST
  const read = pageRead({ after, before }, pageSize, { value: 'time' })
  const found = await selectConversations(sql, filter, { scope, now, few, ...read })
  return { ...pageOf(read, found, ({ id, lastMessageAt: at }) => ({ id, value: at.toISOString() })), searchedNewest }
}
