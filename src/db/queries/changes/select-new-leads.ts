import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import { isEligible, whyNotEligible } from '../campaigns/select-eligible-leads'
import { isTakenOut } from '../leads/taken-out'

type OfBatches = { campaignId: string; batchIds: readonly string[] }

const isPlanned = (campaignId: string) => Prisma.sql`EXISTS (
  SELECT 1 FROM scheduled_emails se WHERE se.campaign_id = ${campaignId}::uuid AND se.lead_id = l.id)`

const inBatches = (batchIds: readonly string[]) =>
  Prisma.sql`l.id IN (SELECT lead_id FROM batch_leads WHERE batch_id = ANY(${[...batchIds]}::uuid[]))`

/** The leads of these batches that the campaign may email and has no email of, in the order of their ids. */
export const selectNewLeads = (sql: Sql, { campaignId, batchIds }: OfBatches) =>
  query<{ id: string }>(sql)`
  SELECT l.id FROM leads l
  WHERE ${inBatches(batchIds)} AND ${isEligible(campaignId)} AND NOT ${isPlanned(campaignId)} ORDER BY l.id`

/** Of the leads of these batches: how many are not planned, and why. */
export const countLeftOutOf = (sql: Sql, { campaignId, batchIds }: OfBatches) =>
  query<{ reason: string; count: number }>(sql)`
  SELECT reason, count(*)::int AS count FROM (
    SELECT CASE WHEN ${isPlanned(campaignId)} THEN 'in_the_campaign_already'
                WHEN ${isTakenOut(Prisma.sql`${campaignId}::uuid`, Prisma.sql`l.id`)} THEN 'taken_out'
                ${whyNotEligible(campaignId)} END AS reason
    FROM leads l WHERE ${inBatches(batchIds)}) lead
  WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 1`

/** Links batches to the campaign; those it has already stay. */
export const addBatches = (sql: Sql, { campaignId, batchIds }: OfBatches) =>
  query<{ id: string }>(sql)`
  INSERT INTO campaign_batches (campaign_id, batch_id)
  SELECT ${campaignId}::uuid, id FROM lead_batches WHERE id = ANY(${[...batchIds]}::uuid[]) ORDER BY id
  ON CONFLICT DO NOTHING RETURNING batch_id AS id`
