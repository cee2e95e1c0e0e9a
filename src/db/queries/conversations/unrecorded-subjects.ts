import { query, type Sql } from '@/db/sql'
import type { UnrecordedSubject } from '@/domain/conversation/unrecorded-subject'

/** Subjects of those among these emails that were never recorded: of their templates, and of the threads that they answer in. */
export const selectUnrecordedSubjects = (sql: Sql, ids: readonly string[]) =>
  query<UnrecordedSubject & { id: string }>(sql)`
  SELECT se.id, t.subject AS template, CASE WHEN ws.reply_in_thread THEN (
           SELECT earlier.subject FROM emails earlier
           WHERE earlier.lead_id = se.lead_id AND earlier.campaign_id = se.campaign_id
           ORDER BY earlier.sent_at, earlier.id LIMIT 1) END AS thread
  FROM scheduled_emails se
  JOIN email_templates t ON t.id = se.template_id
  LEFT JOIN workflow_steps ws ON ws.workflow_id = se.workflow_id AND ws.step_number = se.workflow_step_number
  WHERE se.id = ANY(${[...ids]}::uuid[]) AND NOT EXISTS (SELECT 1 FROM emails e WHERE e.id = se.id)`
