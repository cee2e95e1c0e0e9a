import { Prisma } from '@/db/generated/client'
import { contains } from '@/db/literal-pattern'
import { query, queryCount, type Sql } from '@/db/sql'
import type { NamedListRead } from '@/domain/lists/named-list'

export type TemplatePageRow = {
  id: string
  name: string
  subject: string
  hasHtml: boolean
  /** Workflows with a step of it, and campaigns that send it alone or in a sequence of their own. */
  workflows: number
  campaigns: number
  createdAt: Date
  updatedAt: Date
}

type Named = Pick<NamedListRead, 'search' | 'ids'>

// The text that a step has for itself is found there.
const isFound = ({ search, ids }: Named) => {
  if (ids) return Prisma.sql`t.workflow_id IS NULL AND t.id = ANY(${[...ids]}::uuid[])`
  return Prisma.sql`t.workflow_id IS NULL AND (${contains(Prisma.sql`t.name`, search)} OR ${contains(Prisma.sql`t.subject`, search)})`
}

/** A page of the templates whose name or subject contains `search`, by name, without their texts. */
export const selectTemplatePage = (sql: Sql, input: NamedListRead) =>
  query<TemplatePageRow>(sql)`
  SELECT t.id, t.name, t.subject, COALESCE(btrim(t.body_html, E' \\n\\r\\t') <> '', false) AS "hasHtml",
         t.created_at AS "createdAt", t.updated_at AS "updatedAt",
         (SELECT count(DISTINCT w.id)::int FROM workflow_steps s JOIN workflows w ON w.id = s.workflow_id
          WHERE s.email_template_id = t.id AND w.listed AND w.campaign_id IS NULL) AS workflows,
         (SELECT count(*)::int FROM (
            SELECT c.id FROM campaigns c WHERE c.email_template_id = t.id
            UNION
            SELECT w.campaign_id FROM workflow_steps s JOIN workflows w ON w.id = s.workflow_id
            WHERE s.email_template_id = t.id AND w.campaign_id IS NOT NULL
            UNION
            SELECT ch.campaign_id FROM workflow_steps s JOIN campaign_changes ch ON ch.workflow_id = s.workflow_id
            WHERE s.email_template_id = t.id) own) AS campaigns
  FROM (SELECT * FROM email_templates t WHERE ${isFound(input)} ORDER BY t.name, t.id
        LIMIT ${input.limit} OFFSET ${input.offset}) t
  ORDER BY t.name, t.id`

/** Count of the templates whose name or subject contains `search`, or of those with these ids. */
export const countTemplates = (sql: Sql, named: Named) =>
  queryCount(sql)`SELECT count(*)::int AS count FROM email_templates t WHERE ${isFound(named)}`
