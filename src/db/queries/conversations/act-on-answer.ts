import { isAtOrBelowGiven } from '@/db/queries/leads/lead-domain'
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

/** A lead by itself, locked until the transaction ends. */
export const lockLead = (tx: Tx, leadId: string) =>
  queryOne<{ email: string; status: LeadStatus }>(tx)`
  SELECT email, status FROM leads WHERE id = ${leadId}::uuid FOR NO KEY UPDATE`

/** A lead that gets a status where it has one of `from`. */
export type StatusToSet = { leadId: string; to: LeadStatus; from: readonly LeadStatus[] }

/** Sets the status of leads that have one of `from`, and returns them with the one before: what a person has set stays. */
export const setLeadStatusesIf = (tx: Tx, leads: readonly StatusToSet[], at: Date) =>
  queryPrepared<{ leadId: string; was: LeadStatus }>(tx, 'set-lead-statuses-if')`
  UPDATE leads l SET status = given.to, updated_at = ${at}
  FROM json_to_recordset(${JSON.stringify(leads.map(({ leadId, to, from }) => ({ lead_id: leadId, to, from })))}::json)
       AS given(lead_id uuid, "to" text, "from" text[])
  WHERE l.id = given.lead_id AND l.status = ANY(given."from")
  RETURNING l.id AS "leadId", old.status AS was`

/** A lead to whom nothing leaves before `until`. */
export type AwayLead = { leadId: string; until: Date }

/** Nothing leaves to the leads before `until`; one that is away for longer stays so. Returns until when each was away before and is now. */
export const setAwayUntil = (tx: Tx, leads: readonly AwayLead[], at: Date) =>
  queryPrepared<{ leadId: string; from: Date | null; to: Date }>(tx, 'set-away-until')`
  UPDATE leads l SET away_until = GREATEST(l.away_until, given.until), updated_at = ${at}
  FROM unnest(${leads.map(({ leadId }) => leadId)}::uuid[], ${leads.map(({ until }) => until)}::timestamptz[]) AS given(lead_id, until)
  WHERE l.id = given.lead_id
  RETURNING l.id AS "leadId", old.away_until AS "from", new.away_until AS "to"`

/** Moves what each campaign plans for the leads: their earliest email not before `until`, the gaps kept. They wait for nothing else then. Returns them with their time before. */
export const deferEmailsOfLeads = (tx: Tx, leads: readonly AwayLead[], at: Date) =>
  queryPrepared<{ leadId: string; id: string; at: Date }>(tx, 'defer-emails-of-leads')`
  UPDATE scheduled_emails se
  SET scheduled_for = se.scheduled_for + (first.until - first.at), wait_reason = NULL, updated_at = ${at}
  FROM (SELECT planned.campaign_id, given.lead_id, given.until, min(planned.scheduled_for) AS at
        FROM unnest(${leads.map(({ leadId }) => leadId)}::uuid[], ${leads.map(({ until }) => until)}::timestamptz[]) AS given(lead_id, until)
        JOIN scheduled_emails planned ON planned.lead_id = given.lead_id AND planned.status = 'pending'
        GROUP BY planned.campaign_id, given.lead_id, given.until) first
  WHERE se.lead_id = first.lead_id AND se.status = 'pending' AND se.campaign_id = first.campaign_id
    AND first.at < first.until
  RETURNING se.lead_id AS "leadId", se.id, old.scheduled_for AS at`

/** Leads of a campaign at a domain or below it for whom it still has emails planned, without one. */
export const selectColleagues = (
  tx: Tx,
  { campaignId, domain, exceptLeadId }: { campaignId: string; domain: string; exceptLeadId: string },
) =>
  query<{ id: string }>(tx)`
  SELECT DISTINCT l.id FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
  WHERE se.campaign_id = ${campaignId}::uuid AND se.status = 'pending' AND l.id <> ${exceptLeadId}::uuid
    AND ${isAtOrBelowGiven(domain)}`

/** Counts bounces in the hour at which they were read, for the bounce rates of the mailboxes that sent the emails. */
export const countBounces = (tx: Tx, { emailIds, at }: { emailIds: readonly string[]; at: Date }) =>
  execute(tx, 'count-bounces')`
  INSERT INTO mailbox_hours AS h (mailbox_id, hour, mails, bounces)
  SELECT mailbox_id, date_trunc('hour', ${at}::timestamptz, 'UTC'), 0, count(*)
  FROM (SELECT mailbox_id FROM scheduled_emails WHERE id = ANY(${[...emailIds]}::uuid[])
        UNION ALL SELECT mailbox_id FROM replies WHERE id = ANY(${[...emailIds]}::uuid[])) sent
  GROUP BY mailbox_id
  ON CONFLICT (mailbox_id, hour) DO UPDATE SET bounces = h.bounces + EXCLUDED.bounces`
