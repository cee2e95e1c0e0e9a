import { query, type Sql } from '@/db/sql'
import { type HashedLead, leadRecords } from './lead-records'
import { joinRemembered, rememberedContact, rememberedStatus } from './remembered'

type Into = { source: string; at: Date; batchId: string | null }

/** A lead that was inserted. `lastContactedAt`: its address was emailed before, as a lead that is gone. */
export type InsertedLead = { id: string; email: string; lastContactedAt: Date | null }

/**
 * Inserts the leads whose address is new and puts them into the batch if there is one, in one statement. What is remembered
 * of an address that was deleted comes back with it. Returns those inserted.
 */
export const insertLeads = (sql: Sql, leads: readonly HashedLead[], { source, at, batchId }: Into) =>
  query<InsertedLead>(sql)`
  WITH added AS (
    INSERT INTO leads (email, email_hash, status, last_contacted_at, company_name, contact_name, first_name, last_name, job_title,
                       phone, website, industry, city, country, linkedin_url, custom_fields, source, created_at, updated_at)
    SELECT r.email, r."emailHash", ${rememberedStatus}, ${rememberedContact}, r."companyName", r."contactName", r."firstName", r."lastName", r."jobTitle", r.phone, r.website,
           r.industry, r.city, r.country, r."linkedinUrl", r."customFields", ${source}::text, ${at}::timestamptz, ${at}::timestamptz
    FROM ${leadRecords(leads)} ${joinRemembered}
    -- Their ids, by which lists and previews go, are in the order of the file.
    ORDER BY r.place
    ON CONFLICT DO NOTHING
    RETURNING id, email, last_contacted_at
  ), joined AS (
    INSERT INTO batch_leads (batch_id, lead_id, added_at) SELECT ${batchId}::uuid, id, ${at}::timestamptz FROM added
    WHERE ${batchId}::uuid IS NOT NULL
  )
  SELECT id, email, last_contacted_at AS "lastContactedAt" FROM added`
