import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'

/**
 * Fragment: the leads among these that cannot be deleted now, as rows of `lead_id` and `held`: an email or a reply to them is being
 * sent, or (`held`) nobody knows of a reply to them whether it left. Few, however many are asked for.
 */
export const keptLeads = (isAsked: (leadId: Prisma.Sql) => Prisma.Sql) => Prisma.sql`
  SELECT o.lead_id, bool_or(o.held) AS held FROM (
    SELECT se.lead_id, false AS held FROM scheduled_emails se WHERE se.status = 'sending' AND ${isAsked(Prisma.sql`se.lead_id`)}
    UNION ALL
    SELECT p.lead_id, p.status = 'held' FROM replies p WHERE p.status IN ('sending', 'held') AND ${isAsked(Prisma.sql`p.lead_id`)}) o
  GROUP BY o.lead_id`

/** Which of these leads cannot be deleted now, and whether a held reply is why. */
export const selectKeptLeads = (sql: Sql, leadIds: readonly string[]) =>
  query<{ id: string; held: boolean }>(sql)`
  SELECT k.lead_id AS id, k.held FROM (${keptLeads((id) => Prisma.sql`${id} = ANY(${[...leadIds]}::uuid[])`)}) k`
