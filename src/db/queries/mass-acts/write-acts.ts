import { execute, executeIf, query, queryOne, type Sql, type Tx } from '@/db/sql'
import type { LeftOut, MassActKind, MassActState, MassChoice, MassFilter } from '@/domain/lists/mass-act'

/** Writes an act that is to be worked on, on leads up to the newest one there is. */
export const insertAct = (
  sql: Sql,
  act: {
    kind: MassActKind
    filter: MassFilter
    choice: MassChoice
    total: number
    undoes: string | null
    actor: string
    at: Date
  },
) =>
  queryOne<{ id: string }>(sql)`
  INSERT INTO mass_acts (kind, filter, choice, total, newest_lead_id, undoes, actor, created_at)
  SELECT ${act.kind}, ${JSON.stringify(act.filter)}::jsonb, ${JSON.stringify(act.choice)}::jsonb, ${act.total}, l.id,
    ${act.undoes}::uuid, ${act.actor}, ${act.at}
  FROM (SELECT id FROM leads ORDER BY id DESC LIMIT 1) l
  ON CONFLICT (undoes) DO NOTHING
  RETURNING id`

/** Writes what a step has done. The act is locked by its transaction. */
export const recordStep = (
  tx: Tx,
  step: { id: string; lastLeadId: string; done: number; changed: number; emailsSkipped: number; leftOut: LeftOut },
) =>
  execute(tx)`
  UPDATE mass_acts SET last_lead_id = ${step.lastLeadId}::uuid, done = done + ${step.done}, changed = changed + ${step.changed},
    emails_skipped = emails_skipped + ${step.emailsSkipped}, left_out = ${JSON.stringify(step.leftOut)}::jsonb
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

/** Notes the leads that a step has changed, with their status of before. */
export const noteChanged = (tx: Tx, id: string, leads: readonly { id: string; was: string | null }[]) =>
  execute(tx)`
  INSERT INTO mass_act_leads (mass_act_id, lead_id, was)
  SELECT ${id}::uuid, given.lead_id, given.was
  FROM unnest(${leads.map((lead) => lead.id)}::uuid[], ${leads.map(({ was }) => was)}::text[]) AS given(lead_id, was)`

/** The leads that an act has changed and that are still there, in the order in which they came, after one of them. */
export const selectChanged = (tx: Tx, { id, after, limit }: { id: string; after: string | null; limit: number }) =>
  query<{ id: string; was: string | null }>(tx)`
  SELECT lead_id AS id, was FROM mass_act_leads
  WHERE mass_act_id = ${id}::uuid AND (${after}::uuid IS NULL OR lead_id > ${after}::uuid)
  ORDER BY lead_id LIMIT ${limit}`
