import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { isOpenImport, isUnderWayImport } from '@/db/queries/lead-imports/is-open'
import { beginRollbackIf } from '@/db/queries/lead-imports/roll-back'
import { addLeadsToBatch } from '@/db/queries/leads/add-leads-to-batch'
import { IMPORT_STATUSES, isOpen, isUnderWay, KEPT_DAYS, rollbackRefusal } from '@/domain/lead-import/state'
import { DAY_MS } from '@/domain/time/duration'
import { deleteBatch } from '@/use-cases/leads/delete-batch'
import { getImport } from '@/use-cases/leads/list-imports'
import { rollBackImport } from '@/use-cases/leads/roll-back-import'
import { runImport } from '@/use-cases/leads/run-import'
import { startImport } from '@/use-cases/leads/start-import'
import { BY, createEngine, type Engine } from '../../support/engine'
import { agreeToRollback, emptyImports, importRows } from '../../support/lead-imports/rolled-back'
import { refusal } from '../../support/refusal'
import { waitsFor } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await emptyImports(engine)
})

/** A person puts the lead into the batch, and commits once `act` waits. */
const whileAdded = ({ batchId, leadId }: { batchId: string; leadId: string }, act: () => Promise<unknown>) =>
  waitsFor(engine.deps.sql, (tx) => addLeadsToBatch(tx, { batchId, leadIds: [leadId], at: engine.clock.now() }), act)

it('a batch into which somebody puts a lead at that moment is not deleted with the import that made it', async () => {
  const { id, batchId } = await importRows(engine, 'email\na@x.example\n')
  const { id: leadId } = await engine.db.lead.create({ data: { email: 'b@x.example' } })
  await agreeToRollback(engine, id)
  await whileAdded({ batchId, leadId }, () => runImport(engine.deps, { importId: id }))
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'rolled_back', removed: 1, batchRemoved: false })
  expect(await engine.db.batchLead.findMany()).toMatchObject([{ batchId, leadId }])
})

it('a batch that a person deletes counts a lead that was put into it at that moment', async () => {
  const { id: batchId } = await engine.db.leadBatch.create({ data: { name: 'X' } })
  const { id: leadId } = await engine.db.lead.create({ data: { email: 'b@x.example' } })
  await whileAdded({ batchId, leadId }, async () =>
    expect(await deleteBatch(engine.deps, { id: batchId, by: BY })).toMatchObject({ leadsKept: 1 }),
  )
})

it('a rollback begins from the states, and until the day, that the rule says', async () => {
  const now = engine.clock.realNow()
  const ended = (days: number, ms = 0) => new Date(now.getTime() - days * DAY_MS + ms)
  let begun = 0
  for (const status of IMPORT_STATUSES)
    for (const added of [0, 1])
      for (const existing of [0, 1])
        for (const finishedAt of [ended(0), ended(KEPT_DAYS, 1), ended(KEPT_DAYS), ended(KEPT_DAYS + 1)]) {
          const isThere = isUnderWay(status) ? null : finishedAt
          const row = await engine.db.leadImport.create({
            data: {
              status,
              fileName: 'a.csv',
              size: 1,
              reading: {},
              added,
              existing,
              place: added + existing,
              totalRows: added + existing,
              gone: status === 'rolled_back' ? added + existing : 0,
              rolledBackAt: status === 'rolled_back' ? now : null,
              failure: status === 'failed' ? 'No' : null,
              createdAt: now,
              acceptedAt: now,
              touchedAt: now,
              finishedAt: isThere,
            },
          })
          const may = rollbackRefusal({ status, added, existing, finishedAt: isThere }, now) === null
          const did = await beginRollbackIf(engine.deps.sql, {
            id: row.id,
            byId: BY,
            endedAfter: ended(KEPT_DAYS),
            at: now,
          })
          expect([status, added, existing, isThere, did]).toEqual([status, added, existing, isThere, may])
          if (did) begun += 1
        }
  expect(begun).toBe(18)
})

it('statements take as open, and under way, the states that the rule says', async () => {
  for (const status of IMPORT_STATUSES) {
    const { rows } = await engine.pool.query(
      `SELECT ${isOpenImport.sql} AS open, ${isUnderWayImport.sql} AS "underWay" FROM (SELECT $1::text AS status) one`,
      [status],
    )
    expect(rows[0]).toEqual({ open: isOpen(status), underWay: isUnderWay(status) })
  }
})

it('refuses what is not what a person has seen, and says what holds by now', async () => {
  const { id } = await importRows(engine, 'email\na@x.example\nb@x.example\n')
  await engine.db.lead.delete({ where: { email: 'b@x.example' } })
  const ask = (removed: number) => rollBackImport(engine.deps, { id, expected: { removed, restored: 0 }, by: BY })
  expect(await refusal(ask(2))).toEqual({
    code: 'conflict',
    message:
      'By now it would take out 1 lead and give back 0, not 2 and 0. Nothing was changed. Look at the numbers, and say it again.',
  })
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'done' })
  await expect(ask(1)).resolves.toEqual({ id })
})

it('says why an import cannot be rolled back', async () => {
  const why = async (id: string) =>
    (await refusal(rollBackImport(engine.deps, { id, expected: { removed: 0, restored: 0 }, by: BY }))).message
  const { id: waiting } = await startImport(engine.deps, { fileName: 'a.csv', text: 'email\na@x.example\n', by: BY })
  expect(await why(waiting)).toContain('It has not ended yet. Wait until it has, or cancel it.')
  const { id } = await importRows(engine, 'email\nb@x.example\n')
  await agreeToRollback(engine, id)
  expect(await why(id)).toContain('It is being rolled back already.')
  await runImport(engine.deps, { importId: id })
  expect(await why(id)).toContain('It was rolled back before.')
  const none = await importRows(engine, 'email\nnobody\n')
  expect(await why(none.id)).toContain('It brought no lead, so there is nothing to take back.')
})
