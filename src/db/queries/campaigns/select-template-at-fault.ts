import { queryOne, type Sql } from '@/db/sql'

export type TemplateAtFault = { id: string; name: string; subject: string }

/** The template for which the campaign was paused last; null when that pause names none. */
export const selectTemplateAtFault = (sql: Sql, campaignId: string) =>
  queryOne<TemplateAtFault>(sql)`
  SELECT t.id, t.name, t.subject FROM (
    SELECT details FROM campaign_events WHERE campaign_id = ${campaignId}::uuid AND kind = 'paused'
    ORDER BY at DESC, id DESC LIMIT 1) pause
  JOIN email_templates t ON t.id = (pause.details ->> 'templateId')::uuid`
