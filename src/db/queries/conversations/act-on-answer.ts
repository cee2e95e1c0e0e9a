import { Prisma } from '@/db/generated/client'
import { isAtOrBelow } from '@/db/queries/leads/lead-domain'
import { execute, query, queryOne, queryPrepared, type Tx } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'

/**
 * A lead with the email that a message belongs to, locked until the transaction ends; null when one of them is gone.
 * `isHeld`: nobody knows whether it left; one that is on the wire as well, since its worker may have died there.
 */
export const lockConversation = (tx: Tx, { leadId, emailId }: { leadId: string; emailId: string }) =>
  queryOne<{ email: string; status: LeadStatus; isHeld: boolean; claim: number; stopCompany: boolean }>(tx)`
  SELECT l.email, l.status, se.status IN ('held', 'sending') AS "isHeld", se.claim, c.stop_same_company AS "stopCompany"
  FROM leads l JOIN scheduled_emails se ON se.lead_id = l.id JOIN campaigns c ON c.id = se.campaign_id
  WHERE l.id = ${leadId}::uuid AND se.id = ${emailId}::uuid
  FOR NO KEY UPDATE OF l, se`

/** Sets the status of a lead that has one of `from`, and returns the one before; null where it has another: what a person has set stays. */
export const setLeadStatusIf = (
  tx: Tx,
  { leadId, from, to, at }: { leadId: string; from: readonly LeadStatus[]; to: LeadStatus; at: Date },
) =>
  queryOne<{ was: LeadStatus }>(tx, 'set-lead-status-if')`
  UPDATE leads SET status = ${to}, updated_at = ${at}
  WHERE id = ${leadId}::uuid AND status = ANY(${[...from]}::text[])
  RETURNING old.status AS was`

/** Nothing leaves to the lead before `until`; one that is away for longer stays so. Returns until when it was away before and is now. */
export const setAwayUntil = (tx: Tx, { leadId, until, at }: { leadId: string; until: Date; at: Date }) =>
  queryOne<{ from: Date | null; to: Date }>(tx, 'set-away-until')`
  UPDATE leads SET away_until = GREATEST(away_until, ${until}::timestamptz), updated_at = ${at}
  WHERE id = ${leadId}::uuid RETURNING old.away_until AS "from", new.away_until AS "to"`

/** Moves what each campaign plans for the lead: its earliest email not before `until`, the gaps kept. They wait for nothing else then. Returns them with their time before. */
export const deferEmailsOfLead = (tx: Tx, { leadId, until, at }: { leadId: string; until: Date; at: Date }) =>
  queryPrepared<{ id: string; at: Date }>(tx, 'defer-emails-of-lead')`
  UPDATE scheduled_emails se
  SET scheduled_for = se.scheduled_for + (${until}::timestamptz - first.at), wait_reason = NULL, updated_at = ${at}
  FROM (SELECT campaign_id, min(scheduled_for) AS at FROM scheduled_emails
        WHERE lead_id = ${leadId}::uuid AND status = 'pending' GROUP BY campaign_id) first
  WHERE se.lead_id = ${leadId}::uuid AND se.status = 'pending' AND se.campaign_id = first.campaign_id
    AND first.at < ${until}
  RETURNING se.id, old.scheduled_for AS at`

/** Leads of a campaign at a domain or below it for whom it still has emails planned, without one. */
export const selectColleagues = (
  tx: Tx,
  { campaignId, domain, exceptLeadId }: { campaignId: string; domain: string; exceptLeadId: string },
) =>
  query<{ id: string }>(tx)`
  SELECT DISTINCT l.id FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
  WHERE se.campaign_id = ${campaignId}::uuid AND se.status = 'pending' AND l.id <> ${exceptLeadId}::uuid
    AND ${isAtOrBelow(Prisma.sql`${domain}::text`)}`

/** Counts a bounce in the hour at which it was read, for the bounce rate of the mailbox that sent the email. */
export const countBounce = (tx: Tx, { emailId, at }: { emailId: string; at: Date }) =>
  execute(tx, 'count-bounce')`
  INSERT INTO mailbox_hours AS h (mailbox_id, hour, mails, bounces)
  SELECT mailbox_id, date_trunc('hour', ${at}::timestamptz, 'UTC'), 0, 1 FROM scheduled_emails WHERE id = ${emailId}::uuid
  ON CONFLICT (mailbox_id, hour) DO UPDATE SET bounces = h.bounces + 1`
