import { queryOne, type Sql } from '@/db/sql'

/** Whether emails of the campaign are still planned. */
export const hasPending = async (sql: Sql, campaignId: string): Promise<boolean> =>
  (await queryOne<{ one: number }>(sql)`
  SELECT 1 AS one FROM scheduled_emails WHERE campaign_id = ${campaignId}::uuid AND status = 'pending' LIMIT 1`) !==
  null
