import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import type { LeadFacts } from '@/domain/message/variables'
import { isEligible, leadsOfCampaign } from './select-eligible-leads'

/** Ids of the campaign's leads behind `after`, in their order, at most `limit`. One index range a batch. */
export const selectLeadPage = (
  sql: Sql,
  { campaignId, after, limit }: { campaignId: string; after: string | null; limit: number },
) =>
  query<{ id: string }>(sql)`
  SELECT DISTINCT link.lead_id AS id
  FROM campaign_batches cb
  CROSS JOIN LATERAL (
    SELECT bl.lead_id FROM batch_leads bl
    WHERE bl.batch_id = cb.batch_id AND (${after}::uuid IS NULL OR bl.lead_id > ${after}::uuid)
    ORDER BY bl.lead_id LIMIT ${limit}) link
  WHERE cb.campaign_id = ${campaignId}::uuid
  ORDER BY 1 LIMIT ${limit}`

const FIELDS: Record<string, Prisma.Sql> = {
  company_name: Prisma.sql`l.company_name AS "companyName"`,
  job_title: Prisma.sql`l.job_title AS "jobTitle"`,
  phone: Prisma.sql`l.phone`,
  industry: Prisma.sql`l.industry`,
  city: Prisma.sql`l.city`,
  country: Prisma.sql`l.country`,
  website: Prisma.sql`l.website`,
}
// Each of them may come from the others.
const NAMES: ReadonlySet<string> = new Set(['first_name', 'contact_name', 'last_name'])
const NAME_FIELDS = Prisma.sql`l.first_name AS "firstName", l.contact_name AS "contactName", l.last_name AS "lastName"`

/** Which of a lead's values are read: fixed variables, and custom fields by their labels. */
export type FieldsToRead = { variables: Iterable<string>; labels: readonly string[] }

/** Those of the leads that would be planned, in the order of their ids, with the facts behind these variables. */
export const selectLeadsToCheck = (
  sql: Sql,
  { campaignId, ids, read }: { campaignId: string; ids: readonly string[]; read: FieldsToRead },
) => {
  const variables = [...read.variables]
  const columns = [
    Prisma.sql`l.email`,
    ...variables.flatMap((name) => FIELDS[name] ?? []),
    ...(variables.some((name) => NAMES.has(name)) ? [NAME_FIELDS] : []),
    ...(read.labels.length > 0 ? [customFields(read.labels)] : []),
  ]
  return query<LeadFacts>(sql)`
  SELECT ${Prisma.join(columns)} FROM leads l
  WHERE l.id = ANY(${[...ids]}::uuid[]) AND ${isEligible(campaignId)}
  ORDER BY l.id`
}

const customFields = (labels: readonly string[]) => Prisma.sql`(
  SELECT jsonb_object_agg(f.label, l.custom_fields -> f.label) FROM unnest(${[...labels]}::text[]) AS f(label)
  WHERE l.custom_fields ? f.label) AS "customFields"`

/** The labels of custom fields that any lead of the campaign has. */
export const selectCustomLabels = (sql: Sql, campaignId: string) =>
  query<{ label: string }>(sql)`
  SELECT DISTINCT field.label
  FROM (SELECT jsonb_object_keys(CASE jsonb_typeof(l.custom_fields) WHEN 'object' THEN l.custom_fields ELSE '{}' END) AS label
        FROM leads l WHERE l.id IN (${leadsOfCampaign(campaignId)})) field`

/** The labels of custom fields that any lead has a value for who would be planned. */
export const selectFilledLabels = (sql: Sql, campaignId: string) =>
  query<{ label: string }>(sql)`
  SELECT DISTINCT f.label
  FROM leads l CROSS JOIN LATERAL jsonb_each_text(
    CASE jsonb_typeof(l.custom_fields) WHEN 'object' THEN l.custom_fields ELSE '{}' END) AS f(label, value)
  WHERE l.id IN (${leadsOfCampaign(campaignId)}) AND ${isEligible(campaignId)} AND btrim(f.value) <> ''`
