import { execute, query, type Sql, type Tx } from '@/db/sql'
import type { FoundDraft } from '@/domain/lead-generation/sort-found'
import { leadRecords } from '../leads/lead-records'
import { joinRemembered, rememberedContact, rememberedStatus } from '../leads/remembered'
import { isSuppressed } from '../suppression/suppressed'

/** A found lead with the keyed hash of its address. */
export type HashedFound = FoundDraft & { emailHash: string }

/**
 * Inserts found leads whose address is new, with their origin. What is remembered of an address that was deleted comes
 * back with it. Returns those inserted.
 */
export const insertFoundLeads = (tx: Tx, leads: readonly HashedFound[], { source, at }: { source: string; at: Date }) =>
  query<{ id: string; email: string }>(tx)`
  INSERT INTO leads (email, email_hash, status, last_contacted_at, company_name, contact_name, first_name, last_name,
                     job_title, phone, website, industry, city, country, linkedin_url, custom_fields, source, source_ref, source_fetched_at, email_confidence,
                     fields_to_clear, created_at, updated_at)
  SELECT r.email, r."emailHash", ${rememberedStatus}, ${rememberedContact}, r."companyName", r."contactName", r."firstName", r."lastName", r."jobTitle", r.phone, r.website,
         r.industry, r.city, r.country, r."linkedinUrl", r."customFields", ${source}::text, o.ref, ${at}::timestamptz, o.confidence,
         ARRAY(SELECT jsonb_array_elements_text(o.clear)), ${at}::timestamptz, ${at}::timestamptz
  FROM ${leadRecords(leads.map(({ lead, emailHash }) => ({ ...lead, emailHash })))} ${joinRemembered}
  JOIN jsonb_to_recordset(${JSON.stringify(
    leads.map(({ lead, sourceRef, emailConfidence, fieldsToClear }) => ({
      email: lead.email,
      ref: sourceRef,
      confidence: emailConfidence,
      clear: fieldsToClear,
    })),
  )}::jsonb) AS o(email text, ref text, confidence int, clear jsonb) ON o.email = r.email
  ORDER BY r.place
  ON CONFLICT DO NOTHING
  RETURNING id, email`

/** A lead that was there before it was found. */
export type FoundBefore = { id: string; email: string; sourceRef: string | null; inBatch: boolean }

/**
 * Leads with one of these addresses, or that this source brought under one of these references, and whether this run's
 * batch holds them.
 */
export const selectLeadsFoundBefore = (
  sql: Sql,
  input: {
    source: string
    emails: readonly string[]
    refs: readonly string[]
    batchId: string | null
  },
) =>
  query<FoundBefore>(sql)`
  SELECT l.id, l.email, CASE WHEN l.source = ${input.source} THEN l.source_ref END AS "sourceRef",
         EXISTS (SELECT 1 FROM batch_leads bl WHERE bl.lead_id = l.id AND bl.batch_id = ${input.batchId}::uuid) AS "inBatch"
  FROM leads l
  WHERE l.email = ANY(${[...input.emails]}::text[])
     OR (l.source = ${input.source} AND l.source_ref = ANY(${[...input.refs]}::text[]))`

/**
 * The leads behind refs that were known: the people themselves, and those that a call for a place or a domain brought,
 * in any campaign. Leads that may not be emailed are left out.
 */
export const selectLeadsSeenBefore = (sql: Sql, { source, refs }: { source: string; refs: readonly string[] }) =>
  query<{ id: string }>(sql)`
  SELECT l.id FROM leads l
  WHERE l.source = ${source} AND l.source_ref = ANY(${[...refs]}::text[]) AND NOT ${isSuppressed}
  UNION
  SELECT l.id FROM lead_generation_calls c CROSS JOIN LATERAL unnest(c.refs) AS brought(ref)
  JOIN leads l ON l.email = split_part(brought.ref, '#', 2)
  WHERE c.refs && ${[...refs]}::text[] AND c.status = 'answered' AND brought.ref LIKE '%#%'
    AND NOT ${isSuppressed}`

/** Gives a run its batch; in a fully automated campaign the batch is one of the campaign's. While it is filled, the campaign holds it, unless it is over (`held` false). */
export const giveRunItsBatch = (
  tx: Tx,
  input: {
    runId: string
    batchId: string
    campaignId: string
    held: boolean
    linked: boolean
    at: Date
  },
) =>
  execute(tx)`
  WITH run AS (
    UPDATE lead_generation_runs SET batch_id = ${input.batchId}::uuid WHERE id = ${input.runId}::uuid
  ), held AS (
    UPDATE lead_batches SET active_campaign_id = ${input.campaignId}::uuid WHERE ${input.held} AND id = ${input.batchId}::uuid
  )
  INSERT INTO campaign_batches (campaign_id, batch_id, started_at, completed_at)
  SELECT ${input.campaignId}::uuid, ${input.batchId}::uuid, ${input.at}::timestamptz,
         CASE WHEN NOT ${input.held} THEN ${input.at}::timestamptz END
  WHERE ${input.linked}
  ON CONFLICT DO NOTHING`
