import { Prisma } from '@/db/generated/client'
import { countsOf } from '@/db/queries/progress/select-ledger'
import { query, type Sql } from '@/db/sql'
import type { EmailStatus } from '@/domain/campaign/progress'
import { liveCampaigns } from './live-campaigns'

/** Emails of campaigns that run or pause by state, of the counts that the database keeps; a state without any has no row. */
export const countLiveEmails = (sql: Sql) =>
  query<{ status: EmailStatus; count: number }>(sql)`
  SELECT status, sum(count)::int AS count
  FROM ${countsOf(Prisma.sql`= ANY(ARRAY(SELECT id FROM ${liveCampaigns} live))`)}
  GROUP BY status`
