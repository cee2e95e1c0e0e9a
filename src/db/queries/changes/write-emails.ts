import { execute, type Tx } from '@/db/sql'
import { isStillPending } from '../delivery/moved-emails'

type Due = { id: string; dueAt: Date }

/** Takes leads out of the campaign, for good or until they are put back. Returns how many had not been. */
export const takeOutLeads = (
  tx: Tx,
  { campaignId, leadIds, at }: { campaignId: string; leadIds: readonly string[]; at: Date },
) =>
  execute(tx)`
  INSERT INTO campaign_taken_out_leads (campaign_id, lead_id, at)
  SELECT ${campaignId}::uuid, id, ${at} FROM leads WHERE id = ANY(${[...leadIds]}::uuid[]) ORDER BY id
  ON CONFLICT DO NOTHING`

/** Lets leads get the campaign's emails again. Returns how many. */
export const putLeadsBack = (tx: Tx, { campaignId, leadIds }: { campaignId: string; leadIds: readonly string[] }) =>
  execute(tx)`
  DELETE FROM campaign_taken_out_leads
  WHERE campaign_id = ${campaignId}::uuid AND lead_id = ANY(${[...leadIds]}::uuid[])`

/** Cancels pending emails. Returns how many. */
export const cancelEmailsIfPending = (tx: Tx, ids: readonly string[], at: Date) =>
  execute(tx)`
  UPDATE scheduled_emails se SET status = 'cancelled', wait_reason = NULL, ended_at = ${at}, updated_at = ${at}
  FROM unnest(${[...ids]}::uuid[]) AS chosen(id) WHERE se.id = chosen.id AND ${isStillPending('se')}`

/** Plans cancelled emails again. Returns how many. */
export const planIfCancelled = (tx: Tx, emails: readonly Due[], at: Date) =>
  execute(tx)`
  UPDATE scheduled_emails se
  SET status = 'pending', scheduled_for = back.due, wait_reason = NULL, ended_at = NULL, updated_at = ${at}
  FROM unnest(${emails.map(({ id }) => id)}::uuid[], ${emails.map(({ dueAt }) => dueAt)}::timestamptz[]) AS back(id, due)
  WHERE se.id = back.id AND CASE se.status WHEN 'cancelled' THEN true ELSE false END`

/** Takes steps that nobody has got out of the campaign's plan. Returns how many emails those were, whatever their state. */
export const deleteSteps = (tx: Tx, { campaignId, steps }: { campaignId: string; steps: readonly number[] }) =>
  execute(tx)`
  DELETE FROM scheduled_emails
  WHERE campaign_id = ${campaignId}::uuid AND workflow_step_number = ANY(${[...steps]}::int[]) AND claim = 0
    AND status IN ('pending', 'skipped', 'cancelled')`

// Further than any sequence goes. A lead has each number once, row by row: numbers first leave the place of others.
const APART = 1000

/**
 * Gives steps that nobody has got other numbers, in the sequence that they now belong to. What of them is planned gets its number
 * by `followSequence`, which must come next.
 */
export async function renumberSteps(
  tx: Tx,
  { campaignId, workflowId, numbers }: { campaignId: string; workflowId: string; numbers: readonly [number, number][] },
): Promise<void> {
  if (numbers.length === 0) return
  const before = numbers.map(([from]) => from)
  await execute(tx)`
  UPDATE scheduled_emails SET workflow_step_number = workflow_step_number + ${APART}::int
  WHERE campaign_id = ${campaignId}::uuid AND workflow_step_number = ANY(${before}::int[])`
  await execute(tx)`
  UPDATE scheduled_emails se SET workflow_step_number = number.after, workflow_id = ${workflowId}::uuid
  FROM unnest(${before}::int[], ${numbers.map(([, to]) => to)}::int[]) AS number(before, after)
  WHERE se.campaign_id = ${campaignId}::uuid AND se.workflow_step_number = number.before + ${APART}::int AND se.status <> 'pending'`
}

/**
 * What has failed, or was never on the wire, comes back with what the sequence says by then (tried again, put back, given back,
 * corrected). What left, or may have left, keeps the text that it left with: a late result may still show that it did. Where that comes
 * back after all, it follows then (`followIfBehind`).
 */
export const followWhereOver = (
  tx: Tx,
  { campaignId, workflowId, at }: { campaignId: string; workflowId: string; at: Date },
) =>
  execute(tx)`
  UPDATE scheduled_emails se SET workflow_id = ws.workflow_id, template_id = ws.email_template_id, updated_at = ${at}
  FROM workflow_steps ws
  WHERE ws.workflow_id = ${workflowId}::uuid AND ws.step_number = se.workflow_step_number
    AND se.campaign_id = ${campaignId}::uuid AND (se.status = 'failed' OR (se.status IN ('skipped', 'cancelled') AND se.claim = 0))`

/** Of these emails those that have come back with a sequence of before follow the campaign's as it is now. Returns how many. */
export const followIfBehind = (tx: Tx, ids: readonly string[], at: Date) =>
  execute(tx)`
  UPDATE scheduled_emails se SET workflow_id = ws.workflow_id, template_id = ws.email_template_id, updated_at = ${at}
  FROM campaigns c JOIN workflow_steps ws ON ws.workflow_id = c.workflow_id
  WHERE se.id = ANY(${[...ids]}::uuid[]) AND c.id = se.campaign_id AND c.use_workflow AND ws.step_number = se.workflow_step_number
    AND se.workflow_id IS DISTINCT FROM c.workflow_id AND ${isStillPending('se')}`

/** Where an email stands in a sequence, and when it is due from now on; null: as before. */
export type PlannedStep = { id: string; step: number; dueAt: Date | null }

/** All that is planned follows this sequence: its numbers, times and templates, and what it says of threads. Returns how many emails. */
export const followSequence = (
  tx: Tx,
  { workflowId, emails, at }: { workflowId: string; emails: readonly PlannedStep[]; at: Date },
) =>
  execute(tx)`
  UPDATE scheduled_emails se
  SET workflow_id = ${workflowId}::uuid, template_id = planned.template_id, workflow_step_number = planned.step,
      scheduled_for = COALESCE(planned.due, se.scheduled_for),
      wait_reason = CASE WHEN planned.due IS NULL THEN se.wait_reason END, updated_at = ${at}
  FROM (SELECT p.id, p.step, p.due, ws.email_template_id AS template_id
        FROM unnest(${emails.map(({ id }) => id)}::uuid[], ${emails.map(({ step }) => step)}::int[],
                    ${emails.map(({ dueAt }) => dueAt)}::timestamptz[]) AS p(id, step, due)
        JOIN workflow_steps ws ON ws.workflow_id = ${workflowId}::uuid AND ws.step_number = p.step) planned
  WHERE se.id = planned.id AND ${isStillPending('se')}`

export type EmailToAdd = { leadId: string; mailboxId: string; step: number; dueAt: Date; domain: string }

/** Plans further steps for leads that the campaign has. Returns how many emails. */
export const insertEmails = (
  tx: Tx,
  {
    campaignId,
    workflowId,
    emails,
    at,
  }: { campaignId: string; workflowId: string; emails: readonly EmailToAdd[]; at: Date },
) =>
  execute(tx)`
  INSERT INTO scheduled_emails (id, campaign_id, lead_id, template_id, workflow_id, workflow_step_number, mailbox_id,
                                message_id, scheduled_for, created_at, updated_at)
  SELECT email.id, ${campaignId}::uuid, email.lead_id, ws.email_template_id, ws.workflow_id, email.step, email.mailbox_id,
         '<' || email.id || '@' || email.domain || '>', email.due, ${at}, ${at}
  FROM (SELECT uuidv7() AS id, added.* FROM unnest(
          ${emails.map(({ leadId }) => leadId)}::uuid[], ${emails.map(({ mailboxId }) => mailboxId)}::uuid[],
          ${emails.map(({ step }) => step)}::int[], ${emails.map(({ dueAt }) => dueAt)}::timestamptz[],
          ${emails.map(({ domain }) => domain)}::text[]) AS added(lead_id, mailbox_id, step, due, domain) OFFSET 0) email
  JOIN workflow_steps ws ON ws.workflow_id = ${workflowId}::uuid AND ws.step_number = email.step`

/** Notes with which templates the campaign has planned its steps by now. */
export const noteTemplates = (tx: Tx, campaignId: string) =>
  execute(tx)`
  INSERT INTO campaign_templates (campaign_id, workflow_step_number, template_id)
  SELECT DISTINCT campaign_id, workflow_step_number, template_id FROM scheduled_emails WHERE campaign_id = ${campaignId}::uuid
  ON CONFLICT DO NOTHING`
