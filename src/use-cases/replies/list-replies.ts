import { type RepliesOf, type ReplyRow, selectReplies } from '@/db/queries/replies/select-replies'
import type { Deps } from '@/deps'

/** Replies to a lead, to these messages, or of a conversation, the latest first: where each stands, and why. */
export const listReplies = ({ sql, clock }: Pick<Deps, 'sql' | 'clock'>, of: RepliesOf): Promise<ReplyRow[]> =>
  selectReplies(sql, of, clock.now())
