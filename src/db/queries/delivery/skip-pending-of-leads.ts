import { Prisma } from '@/db/generated/client'
import { query, type Tx } from '@/db/sql'
import type { AnswerSkipReason } from '@/domain/conversation/skip-reasons'
import type { EndReason } from '@/domain/lead/status'

/** Why emails are skipped: in the words of the delivery gates, or for what a received message says. */
export type SkipOfLeads = { leadIds: readonly string[]; reason: EndReason | 'suppressed' | AnswerSkipReason; at: Date }

// After these, campaigns that go on after a reply go on.
const SPARING: readonly SkipOfLeads['reason'][] = ['lead_replied', 'answered_by_hand', 'company_replied']

/** Whether campaigns that go on after a reply keep their emails where others are skipped for this reason. */
export const isSparing = (reason: SkipOfLeads['reason']): boolean => SPARING.includes(reason)

/**
 * Fragment: true when the email `se` is one that is skipped with its lead's others. `sparing`: whether the reason is one after which
 * campaigns that go on go on.
 */
export const isSkippable = (sparing: Prisma.Sql) => Prisma.sql`
  (se.status = 'pending' AND (NOT ${sparing} OR NOT EXISTS (
    SELECT 1 FROM campaigns c WHERE c.id = se.campaign_id AND c.continue_after_reply)))`

/** A lead whose emails are skipped, and why. */
export type SkippedLead = { leadId: string; reason: SkipOfLeads['reason'] }

/**
 * Skips the pending emails of these leads, in all campaigns or in one; after a reply those of campaigns that go on stay. What failed
 * before and was put back keeps its reason. Returns them. Emails on the wire and held ones stay as they are. Runs behind
 * the closed send gate, or an email that was claimed before could still begin after the commit.
 */
export const skipPendingOfEach = (
  tx: Tx,
  { leads, at }: { leads: readonly SkippedLead[]; at: Date },
  campaignId: string | null = null,
) =>
  query<{ id: string; leadId: string }>(tx)`
  UPDATE scheduled_emails se
  SET status = 'skipped', failure_reason = COALESCE(se.failure_reason, given.reason), wait_reason = NULL,
      ended_at = ${at}, updated_at = ${at}
  FROM unnest(${leads.map(({ leadId }) => leadId)}::uuid[], ${leads.map(({ reason }) => reason)}::text[],
              ${leads.map(({ reason }) => isSparing(reason))}::bool[]) AS given(lead_id, reason, is_sparing)
  WHERE se.lead_id = given.lead_id AND ${isSkippable(Prisma.sql`given.is_sparing`)}
    AND (${campaignId}::uuid IS NULL OR se.campaign_id = ${campaignId}::uuid)
  RETURNING se.id, se.lead_id AS "leadId"`

/** The same for one reason. */
export const skipPendingOfLeads = (tx: Tx, { leadIds, reason, at }: SkipOfLeads, campaignId: string | null = null) =>
  skipPendingOfEach(tx, { leads: leadIds.map((leadId) => ({ leadId, reason })), at }, campaignId)
