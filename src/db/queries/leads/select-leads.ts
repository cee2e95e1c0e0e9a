import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import type { LeadSort } from '@/domain/lead/sorts'
import type { LeadStatus } from '@/domain/lead/status'

export type LeadFilter = {
  search?: string | undefined
  statuses?: readonly string[] | undefined
  batchId?: string | undefined
}
export type LeadPage = { sort: LeadSort; descending: boolean; limit: number; offset: number }

const COLUMNS: Record<LeadSort, string> = {
  created: 'l.created_at',
  email: 'l.email',
  // Folded: by code points Ä stands beside A, on every server.
  company: 'l.company_key COLLATE "C"',
  contact: 'l.contact_key COLLATE "C"',
  status: 'l.status',
  lastContacted: 'l.last_contacted_at',
  emailsSent: 'l.emails_sent',
}

export type LeadRow = {
  id: string
  email: string
  companyName: string | null
  contactName: string | null
  jobTitle: string | null
  city: string | null
  country: string | null
  status: LeadStatus
  source: string
  emailsSent: number
  lastContactedAt: Date | null
  createdAt: Date
}

/** A page of the leads that match; empty fields stand last in either direction of the sort. */
export const selectLeads = (sql: Sql, filter: LeadFilter, page: LeadPage) =>
  query<LeadRow>(sql)`
  SELECT l.id, l.email, l.company_name AS "companyName", l.contact_name AS "contactName", l.job_title AS "jobTitle", l.city,
         l.country, l.status, l.source, l.emails_sent AS "emailsSent", l.last_contacted_at AS "lastContactedAt",
         l.created_at AS "createdAt"
  FROM leads l ${where(filter)}
  ORDER BY ${Prisma.raw(`${COLUMNS[page.sort]} ${page.descending ? 'DESC' : 'ASC'} NULLS LAST, l.id ${page.descending ? 'DESC' : 'ASC'}`)}
  LIMIT ${page.limit} OFFSET ${page.offset}`

/** Counts of the leads that match, by status. */
export const countLeadsByStatus = (sql: Sql, filter: LeadFilter) =>
  query<{ status: LeadStatus; count: number }>(sql)`
  SELECT l.status, count(*)::int AS count FROM leads l ${where(filter)} GROUP BY l.status`

function where({ search, statuses, batchId }: LeadFilter) {
  const conditions: Prisma.Sql[] = []
  if (statuses?.length) conditions.push(Prisma.sql`l.status = ANY(${statuses}::text[])`)
  if (batchId) {
    conditions.push(
      Prisma.sql`EXISTS (SELECT 1 FROM batch_leads bl WHERE bl.lead_id = l.id AND bl.batch_id = ${batchId}::uuid)`,
    )
  }
  // Each word must be somewhere, in either case, with or without its accents: "ada nordwind" finds Ada at Nordwind.
  for (const word of (search ?? '').split(/\s+/).filter(Boolean).slice(0, 8)) {
    conditions.push(Prisma.sql`strpos(l.search_text, fold_text(${word}::text)) > 0`)
  }
  return conditions.length ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty
}
