import { Prisma } from '@/db/generated/client'
import { execute, query, queryOne, type Tx } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'
import type { LeadStatus } from '@/domain/lead/status'
import { isStopped } from '../campaigns/move-campaign'
import { isAnsweredSince } from '../leads/ends-sequence'
import { isTakenOut } from '../leads/taken-out'
import { isSuppressed } from '../suppression/suppressed'
import { notPendingSince } from './not-pending-since'

// What a message says; the reason of an email that had failed before is another one.
const REASONS = [
  'lead_replied',
  'answered_by_hand',
  'lead_bounced',
  'lead_complained',
  'lead_unsubscribed',
  'asks_to_stop',
  'company_replied',
  'suppressed',
  'lead_unmailable',
]

/** `alsoOver`: also those of campaigns that are over; `despiteAnswer`: those of this lead even where one of us has answered it. */
export type SkippedToPutBack = { ids: readonly string[]; alsoOver: boolean; despiteAnswer: string | null; at: Date }

/**
 * Plans skipped emails again: each lead's in a campaign by as much later as its earliest one is overdue, the gaps kept. Those of
 * a campaign that a person has stopped, or taken the lead out of, stay skipped, and without `alsoOver` those of one that is over; those
 * of a lead that one of us has answered since, too, but for campaigns that go on after a reply. Returns those that are planned, with
 * the status of their campaign.
 */
export const putSkippedBack = (tx: Tx, { ids, alsoOver, despiteAnswer, at }: SkippedToPutBack) =>
  query<{ id: string; campaignId: string; campaignStatus: CampaignStatus }>(tx)`
  WITH back AS (
    SELECT se.id, c.status AS campaign_status,
           GREATEST(${at}::timestamptz - min(se.scheduled_for) OVER (PARTITION BY se.campaign_id, se.lead_id), interval '0') AS shift
    FROM scheduled_emails se JOIN campaigns c ON c.id = se.campaign_id
    WHERE se.id = ANY(${[...ids]}::uuid[]) AND se.status = 'skipped'
      AND (c.status <> 'completed' OR (${alsoOver}::bool AND NOT ${isStopped}))
      AND (c.continue_after_reply OR se.lead_id IS NOT DISTINCT FROM ${despiteAnswer}::uuid
        OR NOT ${isAnsweredSince(Prisma.sql`se.lead_id`, notPendingSince('se'))})
      AND NOT ${isTakenOut(Prisma.sql`se.campaign_id`, Prisma.sql`se.lead_id`)}
  )
  UPDATE scheduled_emails se
  SET status = 'pending', scheduled_for = se.scheduled_for + back.shift, ended_at = NULL, wait_reason = NULL,
      failure_reason = CASE WHEN se.failure_reason = ANY(${REASONS}::text[]) THEN NULL ELSE se.failure_reason END,
      updated_at = ${at}
  FROM back WHERE se.id = back.id AND se.status = 'skipped'
  RETURNING se.id, se.campaign_id AS "campaignId", back.campaign_status AS "campaignStatus"`

/** Which of these emails are skipped ones of the lead, for what was said of it or by it. */
export const selectSkippedOf = (tx: Tx, { leadId, ids }: { leadId: string; ids: readonly string[] }) =>
  query<{ id: string }>(tx)`
  SELECT id FROM scheduled_emails
  WHERE id = ANY(${[...ids]}::uuid[]) AND lead_id = ${leadId}::uuid AND status = 'skipped'
    AND failure_reason IS DISTINCT FROM 'previous_step_not_delivered'`

/** Plans emails that were put off at their time before, or by as much later as a campaign's earliest one would be overdue. */
export const putDeferredBack = (tx: Tx, { emails, at }: { emails: readonly { id: string; at: Date }[]; at: Date }) =>
  execute(tx)`
  WITH back AS (
    SELECT se.id, before.at + GREATEST(${at}::timestamptz - min(before.at) OVER (PARTITION BY se.campaign_id), interval '0') AS at
    FROM unnest(${emails.map(({ id }) => id)}::uuid[], ${emails.map((email) => email.at)}::timestamptz[]) AS before(id, at)
    JOIN scheduled_emails se ON se.id = before.id
    WHERE se.status = 'pending'
  )
  UPDATE scheduled_emails se SET scheduled_for = back.at, wait_reason = NULL, updated_at = ${at}
  FROM back WHERE se.id = back.id AND se.status = 'pending' AND se.scheduled_for > back.at`

/**
 * Gives a lead back the status that it had before a message gave it another, unless that was changed since. One that is
 * `unsubscribed` stays so while its address is on the list: somebody else has said no as well. Null where it stays as it is.
 */
export const setStatusBackIf = (
  tx: Tx,
  { leadId, given, before, at }: { leadId: string; given: LeadStatus; before: LeadStatus; at: Date },
) =>
  queryOne<{ id: string }>(tx)`
  UPDATE leads l SET status = ${before}, updated_at = ${at}
  WHERE id = ${leadId}::uuid AND status = ${given} AND (status <> 'unsubscribed' OR NOT ${isSuppressed})
  RETURNING id`

/** The lead is away as it was before, unless that was changed since. */
export const setAwayIf = (
  tx: Tx,
  { leadId, from, to, at }: { leadId: string; from: Date; to: Date | null; at: Date },
) =>
  execute(tx)`
  UPDATE leads SET away_until = ${to}, updated_at = ${at} WHERE id = ${leadId}::uuid AND away_until = ${from}`

/** A bounce counts no more against the mailbox that sent the email. */
export const uncountBounce = (tx: Tx, { emailId, bounceAt }: { emailId: string; bounceAt: Date }) =>
  execute(tx)`
  UPDATE mailbox_hours h SET bounces = GREATEST(0, h.bounces - 1)
  FROM scheduled_emails se
  WHERE se.id = ${emailId}::uuid AND h.mailbox_id = se.mailbox_id
    AND h.hour = date_trunc('hour', ${bounceAt}::timestamptz, 'UTC')`

/** Entries of the suppression list that answers have brought. */
export const selectAnswerEntries = (tx: Tx, addresses: readonly string[]) =>
  query<{ id: string }>(tx)`
  SELECT id FROM suppressions
  WHERE kind = 'address' AND source = 'answer' AND value = ANY(${[...addresses]}::text[])`
