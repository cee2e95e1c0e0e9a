import { Prisma } from '@/db/generated/client'
import { query, type Sql } from '@/db/sql'
import type { HeldBack } from '@/domain/delivery/retryable'
import type { LeadStatus } from '@/domain/lead/status'
import { heldBackByAnswer } from '../leads/ends-sequence'
import { isTakenOut } from '../leads/taken-out'
import { isSuppressed } from '../suppression/suppressed'

/** A failed email with what decides whether it can be tried again. */
export type FailedEmail = {
  id: string
  email: string
  status: LeadStatus
  suppressed: boolean
  continueAfterReply: boolean
  /** Why it stays out of its sequence though its lead's status says nothing. */
  heldBack: HeldBack | null
  takenOut: boolean
}

/** Failed emails of the campaign, chosen ones or all (`ids` null). */
export const selectFailed = (sql: Sql, { campaignId, ids }: { campaignId: string; ids: readonly string[] | null }) =>
  query<FailedEmail>(sql)`
  SELECT se.id, l.email, l.status, ${isSuppressed} AS suppressed,
         c.continue_after_reply AS "continueAfterReply", ${heldBackByAnswer} AS "heldBack",
         ${isTakenOut(Prisma.sql`c.id`, Prisma.sql`l.id`)} AS "takenOut"
  FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id JOIN campaigns c ON c.id = se.campaign_id
  WHERE se.campaign_id = ${campaignId}::uuid AND se.status = 'failed'
    AND (${ids === null} OR se.id = ANY(${[...(ids ?? [])]}::uuid[]))`
