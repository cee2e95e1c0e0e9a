import { type ReplyRow, selectReplies } from '@/db/queries/replies/select-replies'
import type { Deps } from '@/deps'

export type ListReplies = { leadId: string } | { messageIds: readonly string[] }

/** Replies to a lead, or to these messages, the latest first: where each stands, and why. */
export const listReplies = ({ sql, clock }: Pick<Deps, 'sql' | 'clock'>, of: ListReplies): Promise<ReplyRow[]> =>
  selectReplies(sql, of, clock.now())
