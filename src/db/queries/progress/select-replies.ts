import { query, type Sql } from '@/db/sql'
import { isReportOfOurs } from '../conversations/reports'

/** `weekday`: 1 Monday to 7 Sunday; `hour`: 0 to 23; both local, as the day. */
export type ReplyHour = { day: string; weekday: number; hour: number; replies: number }

/** When people have replied to a campaign; a wish to get no email is no reply (idx_received_messages_campaign). */
export const selectReplyHours = (sql: Sql, { campaignId, zone }: { campaignId: string; zone: string }) =>
  query<ReplyHour>(sql)`
  SELECT to_char(came, 'YYYY-MM-DD') AS day, extract(isodow FROM came)::int AS weekday, extract(hour FROM came)::int AS hour,
         count(*)::int AS replies
  FROM (SELECT received_at AT TIME ZONE ${zone} AS came FROM received_messages
        WHERE campaign_id = ${campaignId}::uuid AND kind = 'human') r
  GROUP BY 1, 2, 3 ORDER BY 1, 3`

export type StepAnswers = { stepNumber: number; replied: number; bounced: number }

/** Leads by the step that they replied to, and by the one that came back for good: each once a step. */
export const selectStepAnswers = (sql: Sql, campaignId: string) =>
  query<StepAnswers>(sql)`
  SELECT se.workflow_step_number AS "stepNumber",
         count(DISTINCT r.lead_id) FILTER (WHERE r.kind = 'human')::int AS replied,
         count(DISTINCT r.lead_id) FILTER (WHERE r.kind = 'bounce' AND ${isReportOfOurs})::int AS bounced
  FROM received_messages r JOIN scheduled_emails se ON se.id = r.scheduled_email_id
  WHERE r.campaign_id = ${campaignId}::uuid AND r.kind IN ('human', 'bounce') AND se.campaign_id = r.campaign_id
  GROUP BY 1`
