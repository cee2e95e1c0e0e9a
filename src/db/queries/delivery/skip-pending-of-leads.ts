import { query, type Tx } from '@/db/sql'
import type { AnswerSkipReason } from '@/domain/conversation/skip-reasons'
import type { EndReason } from '@/domain/lead/status'

/** Why emails are skipped: in the words of the delivery gates, or for what a received message says. */
export type SkipOfLeads = { leadIds: readonly string[]; reason: EndReason | 'suppressed' | AnswerSkipReason; at: Date }

// After these, campaigns that go on after a reply go on.
const SPARING: readonly SkipOfLeads['reason'][] = ['lead_replied', 'answered_by_hand', 'company_replied']

/**
 * Skips the pending emails of these leads, in all campaigns or in one; after a reply those of campaigns that go on stay. What failed
 * before and was put back keeps its reason. Returns them. Emails on the wire and held ones stay as they are. Runs behind
 * the closed send gate, or an email that was claimed before could still begin after the commit.
 */
export const skipPendingOfLeads = (tx: Tx, { leadIds, reason, at }: SkipOfLeads, campaignId: string | null = null) =>
  query<{ id: string }>(tx)`
  UPDATE scheduled_emails se
  SET status = 'skipped', failure_reason = COALESCE(failure_reason, ${reason}), wait_reason = NULL,
      ended_at = ${at}, updated_at = ${at}
  WHERE lead_id = ANY(${leadIds}::uuid[]) AND status = 'pending'
    AND (${campaignId}::uuid IS NULL OR campaign_id = ${campaignId}::uuid)
    AND (${!SPARING.includes(reason)} OR NOT EXISTS (
      SELECT 1 FROM campaigns c WHERE c.id = se.campaign_id AND c.continue_after_reply))
  RETURNING id`
