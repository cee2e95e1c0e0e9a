import { Prisma } from '@/db/generated/client'
import { query, queryCount, queryOne, type Sql, type Tx } from '@/db/sql'
import type { LeftOut, MassActKind, MassActState, MassChoice, MassFilter } from '@/domain/lists/mass-act'

export type MassActRow = {
  id: string
  kind: MassActKind
  filter: MassFilter
  choice: MassChoice
  state: MassActState
  total: number
  lastLeadId: string | null
  done: number
  changed: number
  emailsSkipped: number
  repliesDropped: number
  leftOut: LeftOut
  failure: string | null
  undoes: string | null
  createdAt: Date
  endedAt: Date | null
}

/** Acts that are not over. */
export const selectWorkingActs = (sql: Sql) =>
  query<{ id: string }>(sql)`SELECT id FROM mass_acts WHERE state = 'working' ORDER BY id`

const columns = Prisma.raw(`
  m.id, m.kind, m.filter, m.choice, m.state, m.total, m.last_lead_id AS "lastLeadId", m.done, m.changed, m.emails_skipped AS "emailsSkipped",
  m.replies_dropped AS "repliesDropped", m.left_out AS "leftOut", m.failure, m.undoes, m.created_at AS "createdAt", m.ended_at AS "endedAt"`)

/** One act. */
export const selectAct = (sql: Sql, id: string) =>
  queryOne<MassActRow>(sql)`SELECT ${columns} FROM mass_acts m WHERE m.id = ${id}::uuid`

/** One act, locked until the transaction ends. */
export const lockAct = (tx: Tx, id: string) =>
  queryOne<MassActRow>(tx)`SELECT ${columns} FROM mass_acts m WHERE m.id = ${id}::uuid FOR UPDATE`

/** The act, locked until the transaction ends, if it is not over: one worker at a time makes its next step. */
export const lockActIfWorking = (tx: Tx, id: string) =>
  queryOne<MassActRow>(tx)`
  SELECT ${columns} FROM mass_acts m WHERE m.id = ${id}::uuid AND m.state = 'working' FOR UPDATE`

/** How many acts of a person are not over. Until the transaction ends nobody else begins one of theirs. */
export const lockOpenActs = async (tx: Tx, actor: string): Promise<number> => {
  await query(tx)`SELECT pg_advisory_xact_lock(hashtextextended('mass acts of ' || ${actor}::text, 0))::text`
  return queryCount(tx)`SELECT count(*)::int AS count FROM mass_acts WHERE state = 'working' AND actor = ${actor}`
}

export type ListedAct = MassActRow & {
  actorName: string | null
  batchName: string | null
  /** How far it is taken back; null where it is not. */
  undo: MassActState | null
}

const listed = (acts: Prisma.Sql) => Prisma.sql`
  SELECT ${columns}, u.name AS "actorName", b.name AS "batchName",
    (SELECT by.state FROM mass_acts by WHERE by.undoes = m.id) AS undo
  FROM (${acts}) m
  LEFT JOIN users u ON u.id = m.actor
  LEFT JOIN lead_batches b ON b.id = (m.choice ->> 'batchId')::uuid`

/** Every act that is not over, the latest first, with the names of who did it and of its batch (idx_mass_acts_working). */
export const selectActsAtWork = (sql: Sql) =>
  query<ListedAct>(sql)`
  ${listed(Prisma.sql`SELECT * FROM mass_acts WHERE state = 'working'`)} ORDER BY m.id DESC`

/** Acts that are over, what ended last first, with the same names (idx_mass_acts_ended). */
export const selectEndedActs = (sql: Sql, { limit, offset }: { limit: number; offset: number }) =>
  query<ListedAct>(sql)`
  ${listed(Prisma.sql`
    SELECT * FROM mass_acts WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`)}
  ORDER BY m.ended_at DESC, m.id DESC`

/** How many acts are over; they are kept for thirty days. */
export const countEndedActs = (sql: Sql) =>
  queryCount(sql)`SELECT count(*)::int AS count FROM mass_acts WHERE ended_at IS NOT NULL`
