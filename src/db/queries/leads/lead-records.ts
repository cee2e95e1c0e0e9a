import { Prisma } from '@/db/generated/client'
import type { LeadDraft } from '@/domain/lead/fields'

/** A lead to insert, with the keyed hash of its address. */
export type HashedLead = LeadDraft & { emailHash: string }

/** Fragment: the leads as a table `r`, sent as one parameter whatever their number; `r.place` is their order. */
export const leadRecords = (leads: readonly (LeadDraft | HashedLead)[]) => Prisma.sql`
  ROWS FROM (jsonb_to_recordset(${JSON.stringify(leads)}::jsonb) AS (
    email text, "emailHash" text, "companyName" text, "contactName" text, "firstName" text, "lastName" text, "jobTitle" text, phone text,
    website text, industry text, city text, country text, "linkedinUrl" text, "customFields" jsonb)) WITH ORDINALITY AS r(
    email, "emailHash", "companyName", "contactName", "firstName", "lastName", "jobTitle", phone,
    website, industry, city, country, "linkedinUrl", "customFields", place)`
