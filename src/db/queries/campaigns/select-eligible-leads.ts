import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import { continuesAfterReply, endsSequence } from '../leads/ends-sequence'
import { isTakenOut } from '../leads/taken-out'
import { isSuppressed, isSuppressedOfMany } from '../suppression/suppressed'
import { isLeftOutAsMailed, selectMailedBefore } from './mailed-before'

/** Fragment: ids of the leads in the campaign's batches, each once. */
export const leadsOfCampaign = (campaignId: string) => Prisma.sql`
  SELECT DISTINCT bl.lead_id FROM campaign_batches cb JOIN batch_leads bl ON bl.batch_id = cb.batch_id
  WHERE cb.campaign_id = ${campaignId}::uuid`

/** Fragment: true when the lead `l` may be mailed by a campaign that does or does not go on after a reply. */
export const isMailable = (continues: Prisma.Sql) => Prisma.sql`
  NOT ${endsSequence(continues)} AND NOT ${isSuppressed}`

/** Fragment: true when the lead `l` may be planned for this campaign. Asked of few leads, `suppressed` may look each one up. */
export const isEligible = (campaignId: string, suppressed: Prisma.Sql = isSuppressedOfMany) => Prisma.sql`
  NOT ${endsSequence(continuesAfterReply(campaignId))} AND NOT ${suppressed}
  AND NOT ${isLeftOutAsMailed(campaignId)} AND NOT ${isTakenOut(Prisma.sql`${campaignId}::uuid`, Prisma.sql`l.id`)}`

/** Fragment: branches of a CASE that say why the lead `l` is not planned: its status, the list, an earlier email. */
export const whyNotEligible = (campaignId: string) => Prisma.sql`
  WHEN ${endsSequence(continuesAfterReply(campaignId))} THEN l.status
  WHEN ${isSuppressedOfMany} THEN 'suppressed'
  WHEN ${isLeftOutAsMailed(campaignId)} THEN 'emailed_before'`

/** Counts of the leads that would be planned (`reason` null) and of those left out, by reason. */
export const countLeadsByEligibility = (sql: Sql, campaignId: string) =>
  query<{ reason: string | null; count: number }>(sql)`
  SELECT CASE ${whyNotEligible(campaignId)}
              WHEN ${isTakenOut(Prisma.sql`${campaignId}::uuid`, Prisma.sql`l.id`)} THEN 'taken_out' END AS reason,
         count(*)::int AS count
  FROM leads l WHERE l.id IN (${leadsOfCampaign(campaignId)})
  GROUP BY 1 ORDER BY 1`

/** Of the leads that would be planned: those that were emailed before, by the campaign that did so last, the latest first. */
export const selectEligibleMailedBefore = (sql: Sql, campaignId: string) =>
  selectMailedBefore(
    sql,
    campaignId,
    Prisma.sql`l.id IN (${leadsOfCampaign(campaignId)}) AND ${isEligible(campaignId)}`,
  )
