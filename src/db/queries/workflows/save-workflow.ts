import { Prisma } from '@/db/generated/client'
import { execute, executeIf, queryOne, type Sql, type Tx } from '@/db/sql'
import type { StepDraft } from '@/domain/workflow/steps'

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

/** Writes the workflow unless it was saved since `seenAt`. Locks its row, so that two saves come one after the other. */
export const updateWorkflowIf = (tx: Tx, { id, name, description, seenAt, at }: WorkflowUpdate) =>
  executeIf(tx)`
  UPDATE workflows SET name = ${name}, description = ${description}, updated_at = ${at}
  WHERE id = ${id}::uuid ${seenAt ? Prisma.sql`AND updated_at = ${seenAt}` : Prisma.empty}`

/** The time of the workflow's last save; null when it is gone. */
export const selectWorkflowSave = (sql: Sql, id: string) =>
  queryOne<{ updatedAt: Date }>(sql)`SELECT updated_at AS "updatedAt" FROM workflows WHERE id = ${id}::uuid`

/** Puts these steps in the place of the workflow's, if it has any, numbered from 1 in their order. */
export async function replaceSteps(tx: Tx, workflowId: string, steps: readonly StepDraft[]): Promise<void> {
  await execute(tx)`DELETE FROM workflow_steps WHERE workflow_id = ${workflowId}::uuid`
  await execute(tx)`
  INSERT INTO workflow_steps (workflow_id, step_number, email_template_id, days_after_previous, reply_in_thread)
  SELECT ${workflowId}::uuid, place, template, days, reply
  FROM unnest(${steps.map(({ templateId }) => templateId)}::uuid[],
              ${steps.map(({ daysAfterPrevious }) => daysAfterPrevious)}::int[],
              ${steps.map(({ replyInThread }) => replyInThread)}::bool[])
       WITH ORDINALITY AS step(template, days, reply, place)`
}
