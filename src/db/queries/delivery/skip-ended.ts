import { Prisma } from '@/db/generated/client'
import { query, type Tx } from '@/db/sql'
import { endingMessages } from '../conversations/ending-messages'
import { notPendingSince } from '../conversations/not-pending-since'
import { isAnsweredSince } from '../leads/ends-sequence'
import { isStillPending } from './moved-emails'

/** `despiteOurs`: a person sends them again, whatever one of us has written meanwhile. */
export type SkipEnded = { ids: readonly string[]; despiteOurs?: boolean; at: Date }

const since = notPendingSince('planned')

const ended = (ids: readonly string[], despiteOurs: boolean) => Prisma.sql`
  SELECT planned.id, CASE WHEN ours.answered THEN 'answered_by_hand' ELSE message.reason END AS reason,
         CASE WHEN NOT ours.answered THEN message.id END AS message_id
  FROM scheduled_emails planned
  JOIN campaigns c ON c.id = planned.campaign_id
  JOIN leads l ON l.id = planned.lead_id
  CROSS JOIN LATERAL (
    SELECT NOT ${despiteOurs}::bool AND NOT c.continue_after_reply AND ${isAnsweredSince(Prisma.sql`planned.lead_id`, since)} AS answered) ours
  LEFT JOIN LATERAL (
    SELECT id, reason FROM ${endingMessages(since)} ending
    WHERE NOT (${despiteOurs}::bool AND reason = 'answered_by_hand') ORDER BY created_at, id LIMIT 1) message ON true
  WHERE planned.id = ANY(${[...ids]}::uuid[]) AND (ours.answered OR message.id IS NOT NULL)`

/**
 * Skips those of these emails, which have come back to be sent, whose sequence has ended since they, or the step with which they come
 * back, began to leave: by a message, the reply of a colleague that stops the company, or an answer of ours, all of which skip what is
 * pending, and they were not. As if they had been, what skips one is the first message, and takes it back with the rest when that is corrected; an answer of ours is never taken
 * back. Campaigns that go on after a reply go on. To be asked once the campaigns are locked, in a statement of its own: whoever answers
 * locks them as well, and is seen only then. Returns those that are skipped.
 */
export const skipIfEnded = (tx: Tx, { ids, despiteOurs = false, at }: SkipEnded) =>
  query<{ id: string }>(tx)`
  WITH ended AS (${ended(ids, despiteOurs)}
  ), skipped AS (
    UPDATE scheduled_emails se
    SET status = 'skipped', failure_reason = COALESCE(se.failure_reason, ended.reason), wait_reason = NULL,
        ended_at = ${at}, updated_at = ${at}
    FROM ended WHERE se.id = ended.id AND ${isStillPending('se')}
    RETURNING se.id, ended.message_id, ended.reason = 'company_replied' AS of_company
  ), noted AS (
    UPDATE received_messages r
    SET undo = jsonb_set(r.undo, '{skipped}', COALESCE(r.undo -> 'skipped', '[]') || late.ids),
        effects = r.effects || ${counted('skipped', 'own')} || ${counted('companySkipped', 'others')}
    FROM (SELECT message_id, jsonb_agg(id ORDER BY id) AS ids, count(*) FILTER (WHERE NOT of_company) AS own,
                 count(*) FILTER (WHERE of_company) AS others
          FROM skipped GROUP BY message_id) late
    WHERE r.id = late.message_id
  )
  SELECT id FROM skipped`

const counted = (effect: 'skipped' | 'companySkipped', count: 'own' | 'others') => {
  const more = Prisma.raw(`late.${count}`)
  return Prisma.sql`CASE WHEN ${more} > 0 THEN
          jsonb_build_object(${effect}::text, COALESCE((r.effects ->> ${effect})::int, 0) + ${more}) ELSE '{}' END`
}
