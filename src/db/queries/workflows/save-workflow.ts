import { Prisma } from '@/db/generated/client'
import { execute, executeIf, queryCount, queryOne, type Sql, type Tx } from '@/db/sql'
import { type OwnText, type StepDraft, templateIdOf } from '@/domain/workflow/steps'

type NewWorkflowRow = { name: string; description: string | null; at: Date }

/** Inserts a workflow without steps. */
export const insertWorkflow = (tx: Tx, { name, description, at }: NewWorkflowRow) =>
  queryOne<{ id: string }>(tx)`
  INSERT INTO workflows (name, description, created_at, updated_at)
  VALUES (${name}, ${description}, ${at}, ${at}) RETURNING id`

type WorkflowUpdate = {
  id: string
  name: string
  description: string | null
  /** When whoever saves last saw it; undefined overwrites whatever is there. */
  seenAt: Date | undefined
  at: Date
}

/** The sequence that the campaign has for itself, begun where there is none. Locks its row. */
export const keepOwnSequence = (tx: Tx, { campaignId, at }: { campaignId: string; at: Date }) =>
  queryOne<{ id: string }>(tx)`
  INSERT INTO workflows (name, campaign_id, created_at, updated_at) VALUES ('', ${campaignId}::uuid, ${at}, ${at})
  ON CONFLICT (campaign_id) DO UPDATE SET updated_at = excluded.updated_at RETURNING id`

/** Fragment: workflows that stand in the list, and are no campaign's own. */
const isListed = Prisma.sql`listed AND campaign_id IS NULL`

/** Writes a listed workflow unless it was saved since `seenAt`. Locks its row, so that two saves come one after the other. */
export const updateWorkflowIf = (tx: Tx, { id, name, description, seenAt, at }: WorkflowUpdate) =>
  executeIf(tx)`
  UPDATE workflows SET name = ${name}, description = ${description}, updated_at = ${at}
  WHERE id = ${id}::uuid AND ${isListed} ${seenAt ? Prisma.sql`AND updated_at = ${seenAt}` : Prisma.empty}`

/** The time of the workflow's last save; null when it is gone. */
export const selectWorkflowSave = (sql: Sql, id: string) =>
  queryOne<{ updatedAt: Date }>(
    sql,
  )`SELECT updated_at AS "updatedAt" FROM workflows WHERE id = ${id}::uuid AND ${isListed}`

/** Puts these steps in the place of the workflow's, if it has any, numbered from 1 in their order. */
export async function replaceSteps(tx: Tx, workflowId: string, steps: readonly StepDraft[]): Promise<void> {
  await execute(tx)`DELETE FROM workflow_steps WHERE workflow_id = ${workflowId}::uuid`
  await execute(tx)`
  INSERT INTO workflow_steps (workflow_id, step_number, email_template_id, days_after_previous, reply_in_thread)
  SELECT ${workflowId}::uuid, place, template, days, reply
  FROM unnest(${steps.map(templateIdOf)}::uuid[],
              ${steps.map(({ daysAfterPrevious }) => daysAfterPrevious)}::int[],
              ${steps.map(({ replyInThread }) => replyInThread)}::bool[])
       WITH ORDINALITY AS step(template, days, reply, place)`
}

/** Whose texts these are, and when they are saved. */
type OwnTexts = { workflowId: string; texts: readonly OwnText[]; at: Date }

/**
 * Writes the texts that steps of the workflow have for themselves; one that is as it was stays untouched, and so do its emails
 * that are being made. Returns how many of them the workflow has then: fewer than given where one belongs to somebody else.
 */
export async function writeOwnTexts(tx: Tx, { workflowId, texts, at }: OwnTexts): Promise<number> {
  const given = JSON.stringify(texts.map((text) => ({ ...text, confirmedTexts: text.confirmedTexts ?? [] })))
  await execute(tx)`
  INSERT INTO email_templates AS t
    (id, name, subject, body_text, body_html, confirmed_texts, workflow_id, created_at, updated_at)
  SELECT g.id, '', g.subject, g."bodyText", g."bodyHtml", ARRAY(SELECT jsonb_array_elements_text(g."confirmedTexts")),
         ${workflowId}::uuid, ${at}, ${at}
  FROM jsonb_to_recordset(${given}::jsonb)
    AS g(id uuid, subject text, "bodyText" text, "bodyHtml" text, "confirmedTexts" jsonb)
  ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, body_text = excluded.body_text, body_html = excluded.body_html,
    confirmed_texts = excluded.confirmed_texts, updated_at = excluded.updated_at
  WHERE t.workflow_id = excluded.workflow_id
    AND (t.subject, t.body_text, t.body_html, t.confirmed_texts)
        IS DISTINCT FROM (excluded.subject, excluded.body_text, excluded.body_html, excluded.confirmed_texts)`
  return queryCount(tx)`
  SELECT count(*)::int AS count FROM email_templates
  WHERE workflow_id = ${workflowId}::uuid AND id = ANY(${texts.map(({ id }) => id)}::uuid[])`
}

/** Deletes texts of the workflow that none of its steps sends any more; those that emails were planned with stay with these. */
export const deleteUnsentTexts = (tx: Tx, workflowId: string) =>
  execute(tx)`
  DELETE FROM email_templates t WHERE t.workflow_id = ${workflowId}::uuid
    AND NOT EXISTS (SELECT 1 FROM workflow_steps s WHERE s.email_template_id = t.id)
    AND NOT EXISTS (SELECT 1 FROM campaign_templates ct WHERE ct.template_id = t.id)`
