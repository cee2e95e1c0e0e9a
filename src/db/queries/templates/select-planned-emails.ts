import { query, type Sql } from '@/db/sql'
import type { LeadFacts } from '@/domain/message/variables'

/** A planned email with what its template is filled with. */
export type PlannedEmail = {
  id: string
  campaignName: string
  fromName: string
  fromEmail: string
  lead: LeadFacts
}

/** Planned emails of a template that have not left, in the order of their ids, after `after`, at most `limit`. */
export const selectPlannedEmails = (
  sql: Sql,
  { templateId, after, limit }: { templateId: string; after: string | null; limit: number },
) =>
  query<PlannedEmail>(sql)`
  SELECT se.id, c.name AS "campaignName", m.from_name AS "fromName", m.from_email AS "fromEmail",
    jsonb_build_object('email', l.email, 'companyName', l.company_name, 'contactName', l.contact_name,
      'firstName', l.first_name, 'lastName', l.last_name, 'jobTitle', l.job_title, 'phone', l.phone,
      'industry', l.industry, 'city', l.city, 'country', l.country, 'website', l.website,
      'customFields', l.custom_fields) AS lead
  FROM scheduled_emails se
  JOIN campaigns c ON c.id = se.campaign_id
  JOIN mailboxes m ON m.id = se.mailbox_id
  JOIN leads l ON l.id = se.lead_id
  WHERE se.template_id = ${templateId}::uuid AND se.status = 'pending'
    AND (${after}::uuid IS NULL OR se.id > ${after}::uuid)
  ORDER BY se.id LIMIT ${limit}`
