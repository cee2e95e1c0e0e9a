import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { closeSendGate } from '@/db/send-gate'
import { beginTransaction } from '@/db/sql'
import { cancelImport } from '@/use-cases/leads/cancel-import'
import { getImport } from '@/use-cases/leads/list-imports'
import { runImport } from '@/use-cases/leads/run-import'
import { startImport } from '@/use-cases/leads/start-import'
import { removeSuppression } from '@/use-cases/suppression/remove-suppression'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
import { emptyImports } from '../../support/lead-imports/rolled-back'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await emptyImports(engine)
})

const start = (...more: string[]) =>
  startImport(engine.deps, {
    fileName: 'moved.csv',
    text: [
      'email,unsubscribed,bounce reason',
      'no@x.example,yes,',
      'gone@x.example,,no such user',
      'a@x.example,,',
      ...more,
    ].join('\n'),
    optOuts: 'suppress',
    by: BY,
  })

it('cancelled when a worker has looked through the file, puts nobody on the suppression list', async () => {
  const campaign = await startOutreach(engine, { leads: 1, days: [0] })
  const { id } = await start(`${campaign.leads[0]?.email},yes,`)
  // The worker has looked through the file, and waits to put its people on the list.
  const gate = await beginTransaction(engine.deps.sql)
  try {
    await closeSendGate(gate.tx)
    const working = runImport(engine.deps, { importId: id })
    await untilBlocked(engine.deps.sql, working)
    await cancelImport(engine.deps, { id, by: BY })
    await gate.commit()
    await working
  } catch (error) {
    await gate.rollback()
    throw error
  }
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'cancelled', suppressedNow: 0, added: 0 })
  expect(await engine.db.suppression.count()).toBe(0)
  expect(await readLedger(engine, campaign.id)).toMatchObject({ pending: 1, skipped: 0 })
})

/** A worker that dies before its first part. */
const dies = (importId: string) => runImport(engine.deps, { importId, signal: AbortSignal.abort() })

it('that goes on elsewhere does not put back whom somebody has taken off the list', async () => {
  const { id } = await start()
  await dies(id)
  const entries = await engine.db.suppression.findMany()
  expect(entries).toHaveLength(2)
  for (const entry of entries)
    await removeSuppression(engine.deps, { id: entry.id, reason: 'Asked for it again', by: BY })
  await runImport(engine.deps, { importId: id })
  expect(await engine.db.suppression.count()).toBe(0)
  expect(await getImport(engine.deps, { id })).toMatchObject({
    status: 'done',
    suppressedNow: 2,
    optedOut: 2,
    added: 1,
  })
})

it('that a failure interrupts loses no opt-out: those that are on the list stay, and all are there before the first lead', async () => {
  const { id } = await start()
  await engine.pool.query(`
    CREATE FUNCTION fail_bounced() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$;
    CREATE TRIGGER fail_bounced BEFORE INSERT ON suppressions FOR EACH ROW WHEN (NEW.reason = 'bounced') EXECUTE FUNCTION fail_bounced()`)
  await expect(runImport(engine.deps, { importId: id })).rejects.toThrow('crash')
  await engine.pool.query('DROP TRIGGER fail_bounced ON suppressions; DROP FUNCTION fail_bounced()')
  expect(await engine.db.suppression.count()).toBe(1)
  expect(await engine.db.lead.count()).toBe(0)
  await runImport(engine.deps, { importId: id })
  expect(await engine.db.suppression.count()).toBe(2)
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'done', suppressedNow: 2 })
})

it('cancelled after that, says whom it has put there', async () => {
  const { id } = await start()
  await dies(id)
  await cancelImport(engine.deps, { id, by: BY })
  await runImport(engine.deps, { importId: id })
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'cancelled', suppressedNow: 2, added: 0 })
})
