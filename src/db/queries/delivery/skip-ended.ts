import { Prisma } from '@/db/generated/client'
import { execute, type Tx } from '@/db/sql'
import { isAnsweredSince } from '../leads/ends-sequence'
import { isStillPending } from './moved-emails'

/**
 * Skips those of these emails, which have come back to be sent, whose lead one of us has answered since they began to leave: the
 * answer skips what is pending, and they were not. Campaigns that go on after a reply go on. To be asked once the campaigns are
 * locked, in a statement of its own: an answer locks them as well, and one that was waited for is seen only then. Returns how many.
 */
export const skipIfAnswered = (tx: Tx, ids: readonly string[], at: Date) =>
  execute(tx)`
  UPDATE scheduled_emails se
  SET status = 'skipped', failure_reason = COALESCE(se.failure_reason, 'answered_by_hand'), wait_reason = NULL,
      ended_at = ${at}, updated_at = ${at}
  FROM campaigns c
  WHERE se.id = ANY(${[...ids]}::uuid[]) AND ${isStillPending('se')} AND c.id = se.campaign_id AND NOT c.continue_after_reply
    AND ${isAnsweredSince(Prisma.sql`se.sending_since`)}`
