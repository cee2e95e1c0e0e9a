import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import type { UnrecordedSubject } from '@/domain/conversation/unrecorded-subject'

/** Subjects of those among these emails that were never recorded: of their templates, and whether they answer in a thread instead. */
export const selectUnrecordedSubjects = (sql: Sql, ids: readonly string[]) =>
  query<UnrecordedSubject & { id: string }>(sql)`
  SELECT se.id, t.subject AS template, ${isInThread} AS "isInThread"
  FROM scheduled_emails se
  JOIN email_templates t ON t.id = se.template_id
  WHERE se.id = ANY(${[...ids]}::uuid[]) AND NOT EXISTS (SELECT 1 FROM emails e WHERE e.id = se.id)`

/** Whether an email answers in a thread that earlier ones have begun: its subject is that of the thread. */
export const isInThread = Prisma.sql`(EXISTS (
    SELECT 1 FROM workflow_steps ws
    WHERE ws.workflow_id = se.workflow_id AND ws.step_number = se.workflow_step_number AND ws.reply_in_thread)
  AND EXISTS (SELECT 1 FROM emails earlier WHERE earlier.lead_id = se.lead_id AND earlier.campaign_id = se.campaign_id))`
