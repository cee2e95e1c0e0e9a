import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import { UNMAILABLE_STATUSES } from '@/domain/lead/status'
import type { LeadFacts } from '@/domain/message/variables'
import { isSuppressed } from '../suppression/suppressed'

/** Fragment: ids of the leads in the campaign's batches, each once. */
export const leadsOfCampaign = (campaignId: string) => Prisma.sql`
  SELECT DISTINCT bl.lead_id FROM campaign_batches cb JOIN batch_leads bl ON bl.batch_id = cb.batch_id
  WHERE cb.campaign_id = ${campaignId}::uuid`

/** Fragment: true when the lead `l` may be planned. */
export const isEligible = Prisma.sql`
  l.status <> ALL(${[...UNMAILABLE_STATUSES]}::text[]) AND NOT ${isSuppressed(Prisma.sql`l.email`)}`

/** Counts of the leads that would be planned (`reason` null) and of those left out, by reason. */
export const countLeadsByEligibility = (sql: Sql, campaignId: string) =>
  query<{ reason: string | null; count: number }>(sql)`
  SELECT CASE WHEN l.status = ANY(${[...UNMAILABLE_STATUSES]}::text[]) THEN l.status
              WHEN ${isSuppressed(Prisma.sql`l.email`)} THEN 'suppressed' END AS reason,
         count(*)::int AS count
  FROM leads l WHERE l.id IN (${leadsOfCampaign(campaignId)})
  GROUP BY 1 ORDER BY 1`

/** The facts of each eligible lead that templates may use. */
export const selectEligibleLeads = (sql: Sql, campaignId: string) =>
  query<LeadFacts>(sql)`
  SELECT l.email, l.company_name AS "companyName", l.contact_name AS "contactName", l.first_name AS "firstName",
         l.last_name AS "lastName", l.job_title AS "jobTitle", l.phone, l.industry, l.city, l.country, l.website,
         l.custom_fields AS "customFields"
  FROM leads l WHERE l.id IN (${leadsOfCampaign(campaignId)}) AND ${isEligible}`
