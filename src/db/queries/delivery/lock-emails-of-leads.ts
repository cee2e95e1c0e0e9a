import { Prisma } from '@/db/generated/client'
import { execute, query, type Sql, type Tx } from '@/db/sql'
import type { EmailStatus } from '@/domain/campaign/progress'

export type EmailOfLead = { id: string; status: EmailStatus; leadId: string; campaignId: string; campaignName: string }

const emailsOfLeads = (leadIds: readonly string[]) => Prisma.sql`
  SELECT se.id, se.status, se.lead_id AS "leadId", c.id AS "campaignId", c.name AS "campaignName"
  FROM scheduled_emails se JOIN campaigns c ON c.id = se.campaign_id
  WHERE se.lead_id = ANY(${leadIds}::uuid[])
  ORDER BY se.id`

/** Every email planned for these leads, with its state. */
export const selectEmailsOfLeads = (sql: Sql, leadIds: readonly string[]) =>
  query<EmailOfLead>(sql)`${emailsOfLeads(leadIds)}`

/** Every email planned for these leads, with its state, locked so that none is claimed meanwhile. */
export const lockEmailsOfLeads = (tx: Tx, leadIds: readonly string[]) =>
  query<EmailOfLead>(tx)`${emailsOfLeads(leadIds)} FOR UPDATE OF se`

/** Takes these leads' emails out of their campaigns' counts. Runs right before the leads are deleted. */
export const uncountEmailsOfLeads = (tx: Tx, leadIds: readonly string[], at: Date) =>
  execute(tx)`
  UPDATE campaigns c
  SET emails_scheduled_count = GREATEST(0, c.emails_scheduled_count - gone.planned),
      emails_sent_count = GREATEST(0, c.emails_sent_count - gone.sent),
      emails_failed_count = GREATEST(0, c.emails_failed_count - gone.failed),
      total_leads_targeted = GREATEST(0, c.total_leads_targeted - gone.leads), updated_at = ${at}
  FROM (SELECT campaign_id, count(*)::int AS planned, count(*) FILTER (WHERE status = 'sent')::int AS sent,
               count(*) FILTER (WHERE status = 'failed')::int AS failed, count(DISTINCT lead_id)::int AS leads
        FROM scheduled_emails WHERE lead_id = ANY(${leadIds}::uuid[]) GROUP BY campaign_id) gone
  WHERE c.id = gone.campaign_id`
