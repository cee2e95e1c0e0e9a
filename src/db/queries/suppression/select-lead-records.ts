import { query, type Sql } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'
import { isSuppressedOfMany } from './suppressed'

export type LeadRecord = {
  id: string
  email: string
  companyName: string | null
  contactName: string | null
  firstName: string | null
  lastName: string | null
  jobTitle: string | null
  phone: string | null
  industry: string | null
  city: string | null
  country: string | null
  website: string | null
  linkedinUrl: string | null
  customFields: unknown
  status: LeadStatus
  source: string
  suppressed: boolean
  emailsSent: number
  lastContactedAt: Date | null
  createdAt: Date
}

/** Everything about these leads that people have entered or see, in the order of their arrival. */
export const selectLeadRecords = (sql: Sql, ids: readonly string[]) =>
  query<LeadRecord>(sql)`
  SELECT l.id, l.email, l.company_name AS "companyName", l.contact_name AS "contactName", l.first_name AS "firstName",
    l.last_name AS "lastName", l.job_title AS "jobTitle", l.phone, l.industry, l.city, l.country, l.website,
    l.linkedin_url AS "linkedinUrl", l.custom_fields AS "customFields", l.status, l.source,
    ${isSuppressedOfMany} AS suppressed, l.emails_sent AS "emailsSent", l.last_contacted_at AS "lastContactedAt",
    l.created_at AS "createdAt"
  FROM leads l WHERE l.id = ANY(${[...ids]}::uuid[]) ORDER BY l.id`
