import { Prisma } from '@/db/generated/client'
import { countsOf } from '@/db/queries/progress/select-ledger'
import { queryCount, type Sql } from '@/db/sql'
import { liveCampaigns } from './live-campaigns'

/**
 * By how many emails the two books of campaigns that run or pause differ: what each campaign says was planned, sent and has failed, written by the
 * statements that did it, and the counts by state, noted by triggers. None, always.
 */
export const measureImbalance = (sql: Sql) =>
  queryCount(sql)`
  SELECT COALESCE(sum(abs(c.emails_scheduled_count - COALESCE(counted.planned, 0)) + abs(c.emails_sent_count - COALESCE(counted.sent, 0))
                      + abs(c.emails_failed_count - COALESCE(counted.failed, 0))), 0)::int AS count
  FROM ${liveCampaigns} c
  LEFT JOIN (SELECT campaign_id, sum(count) AS planned, sum(count) FILTER (WHERE status = 'sent') AS sent,
                    sum(count) FILTER (WHERE status = 'failed') AS failed
             FROM ${countsOf(Prisma.sql`= ANY(ARRAY(SELECT id FROM ${liveCampaigns} live))`)} GROUP BY campaign_id) counted
    ON counted.campaign_id = c.id`
