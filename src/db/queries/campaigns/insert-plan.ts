import { Prisma } from '@/db/generated/client'
import { execute, type Tx } from '@/db/sql'
import type { PlanSlice } from '@/domain/campaign/schedule'
import { isEligible, leadsOfCampaign } from './select-eligible-leads'

/**
 * Plans every email of the campaign in one statement: eligible leads, ranked by arrival, meet the plan's slices.
 * Returns how many. The Message-ID is fixed here and stays the same over all attempts.
 */
export const insertPlan = (
  tx: Tx,
  input: {
    campaignId: string
    /** Leads to plan; all of the campaign's batches when absent. */
    leadIds?: readonly string[]
    workflowId: string | null
    slices: readonly PlanSlice[]
    /** Mail domain of each slice's mailbox, in the order of the slices. */
    domains: readonly string[]
    at: Date
  },
) =>
  execute(tx)`
  INSERT INTO scheduled_emails (id, campaign_id, lead_id, template_id, workflow_id, workflow_step_number, mailbox_id,
                                message_id, scheduled_for, created_at, updated_at)
  SELECT email.id, ${input.campaignId}::uuid, email.lead_id, email.template_id, ${input.workflowId}::uuid, email.step,
         email.mailbox_id, '<' || email.id || '@' || email.domain || '>', email.scheduled_for, ${input.at}, ${input.at}
  FROM (
    SELECT uuidv7() AS id, lead.id AS lead_id, slice.*
    FROM (SELECT l.id, row_number() OVER (ORDER BY l.id) AS rank FROM leads l
          WHERE l.id IN (${input.leadIds ? Prisma.sql`SELECT unnest(${[...input.leadIds]}::uuid[])` : leadsOfCampaign(input.campaignId)}) AND ${isEligible(input.campaignId)}) lead
    JOIN unnest(${input.slices.map((s) => s.fromRank)}::int[], ${input.slices.map((s) => s.toRank)}::int[],
                ${input.slices.map((s) => s.mailboxId)}::uuid[], ${input.slices.map((s) => s.stepNumber)}::int[],
                ${input.slices.map((s) => s.templateId)}::uuid[], ${input.slices.map((s) => s.scheduledFor)}::timestamptz[],
                ${[...input.domains]}::text[])
         AS slice(from_rank, to_rank, mailbox_id, step, template_id, scheduled_for, domain)
      ON lead.rank BETWEEN slice.from_rank AND slice.to_rank
    OFFSET 0) email`
