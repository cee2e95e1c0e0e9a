import { execute, executeIf, queryOne, type Sql, type Tx } from '@/db/sql'
import type { LeftOut, MassActKind, MassActState, MassChoice, MassFilter } from '@/domain/lists/mass-act'

type NewAct = { choice: MassChoice; actor: string; at: Date }

/** Writes an act that is to be worked on, on so many leads, which are written down in the same transaction. */
export const insertAct = (
  tx: Tx,
  act: NewAct & { kind: MassActKind; filter: Omit<MassFilter, 'ids'>; total: number },
) =>
  queryOne<{ id: string }>(tx)`
  INSERT INTO mass_acts (kind, filter, choice, total, actor, created_at)
  VALUES (${act.kind}, ${JSON.stringify(act.filter)}::jsonb, ${JSON.stringify(act.choice)}::jsonb, ${act.total}, ${act.actor}, ${act.at})
  RETURNING id`

/** Writes the undo of an act, on all leads that it has changed. Null when it has one. */
export const insertUndo = (tx: Tx, { undoes, choice, actor, at }: NewAct & { undoes: string }) =>
  queryOne<{ id: string }>(tx)`
  INSERT INTO mass_acts (kind, filter, choice, total, undoes, actor, created_at)
  SELECT 'undo', '{}', ${JSON.stringify(choice)}::jsonb, count(*)::int, ${undoes}::uuid, ${actor}, ${at}::timestamptz
  FROM mass_act_leads WHERE mass_act_id = ${undoes}::uuid AND changed_at IS NOT NULL
  ON CONFLICT (undoes) DO NOTHING
  RETURNING id`

/** Lets the undo of an act go on where it was stopped or has failed. Null where there is none, it is at work, or it is done. */
export const resumeUndoIf = (tx: Tx, undoes: string) =>
  queryOne<{ id: string }>(tx)`
  UPDATE mass_acts SET state = 'working', ended_at = NULL, failure = NULL, attempts = 0
  WHERE undoes = ${undoes}::uuid AND state IN ('stopped', 'failed')
  RETURNING id`

export type StepDone = {
  id: string
  lastLeadId: string
  done: number
  changed: number
  emailsSkipped: number
  repliesDropped: number
  leftOut: LeftOut
}

/** Writes what a step has done. The act is locked by its transaction. */
export const recordStep = (tx: Tx, step: StepDone) =>
  execute(tx)`
  UPDATE mass_acts SET last_lead_id = ${step.lastLeadId}::uuid, done = done + ${step.done}, changed = changed + ${step.changed},
    emails_skipped = emails_skipped + ${step.emailsSkipped}, replies_dropped = replies_dropped + ${step.repliesDropped},
    left_out = ${JSON.stringify(step.leftOut)}::jsonb, attempts = 0
  WHERE id = ${step.id}::uuid`

/** Ends an act that is not over. False when it is. */
export const endActIfWorking = (
  sql: Sql,
  {
    id,
    to,
    at,
    failure = null,
  }: { id: string; to: Exclude<MassActState, 'working'>; at: Date; failure?: string | null },
) =>
  executeIf(sql)`
  UPDATE mass_acts SET state = ${to}, ended_at = ${at}, failure = ${failure} WHERE id = ${id}::uuid AND state = 'working'`

/**
 * Counts that a step behind this lead has failed, and ends the act where that has happened so often. Null, and not counted, when it is
 * over or somebody has gone on with it meanwhile.
 */
export const countFailureIf = (
  sql: Sql,
  failed: { id: string; lastLeadId: string | null; atMost: number; failure: string; at: Date },
) =>
  queryOne<{ ended: boolean }>(sql)`
  UPDATE mass_acts SET attempts = attempts + 1, state = CASE WHEN attempts + 1 < ${failed.atMost} THEN state ELSE 'failed' END,
    ended_at = CASE WHEN attempts + 1 >= ${failed.atMost} THEN ${failed.at}::timestamptz END,
    failure = CASE WHEN attempts + 1 >= ${failed.atMost} THEN ${failed.failure} END
  WHERE id = ${failed.id}::uuid AND state = 'working' AND last_lead_id IS NOT DISTINCT FROM ${failed.lastLeadId}::uuid
  RETURNING state = 'failed' AS ended`
