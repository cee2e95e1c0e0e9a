import { query, type Sql } from '@/db/sql'

/** The templates and texts of steps that emails of the campaign were ever planned with. */
export const selectPlannedTemplates = async (sql: Sql, campaignId: string): Promise<string[]> => {
  const rows = await query<{ templateId: string }>(sql)`
  SELECT DISTINCT template_id AS "templateId" FROM campaign_templates WHERE campaign_id = ${campaignId}::uuid`
  return rows.map(({ templateId }) => templateId)
}
