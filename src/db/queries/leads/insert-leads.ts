import { query, type Sql } from '@/db/sql'
import type { LeadDraft } from '@/domain/lead/fields'
import { leadRecords } from './lead-records'

type Into = { source: string; at: Date; batchId: string | null }

/**
 * Inserts the leads whose address is new and puts them into the batch if there is one, in one statement. Returns those.
 */
export const insertLeads = (sql: Sql, leads: readonly LeadDraft[], { source, at, batchId }: Into) =>
  query<{ id: string; email: string }>(sql)`
  WITH added AS (
    INSERT INTO leads (email, company_name, contact_name, first_name, last_name, job_title, phone, website, industry, city,
                       country, linkedin_url, custom_fields, source, created_at, updated_at)
    SELECT r.email, r."companyName", r."contactName", r."firstName", r."lastName", r."jobTitle", r.phone, r.website,
           r.industry, r.city, r.country, r."linkedinUrl", r."customFields", ${source}::text, ${at}::timestamptz, ${at}::timestamptz
    FROM ${leadRecords(leads)}
    ON CONFLICT DO NOTHING
    RETURNING id, email
  ), joined AS (
    INSERT INTO batch_leads (batch_id, lead_id, added_at) SELECT ${batchId}::uuid, id, ${at}::timestamptz FROM added
    WHERE ${batchId}::uuid IS NOT NULL
  )
  SELECT id, email FROM added`
