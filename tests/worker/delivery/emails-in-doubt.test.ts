import { afterEach, beforeEach, expect, it } from 'vitest'
import { beginTransaction, execute } from '@/db/sql'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
import { eventually } from '../../support/worker-process'

const CONNECTIONS = 5

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

it('while results cannot be recorded, at most twice as many emails as connections are under way', async () => {
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.mailbox.update({ where: { id: mailboxId }, data: { maxConnections: CONNECTIONS } })
  const { id } = await startOutreach(engine, { leads: 8 * CONNECTIONS, days: [0] })
  const { tx, commit } = await beginTransaction(engine.deps.sql)
  // Results write to `emails`, claims do not.
  await execute(tx)`LOCK TABLE emails IN SHARE MODE`
  const job = sendMailbox(engine.deps, { mailboxId })
  try {
    await eventually(() => engine.sink.received.length >= 2 * CONNECTIONS, 'as many emails have arrived')
    // Another claim would take a few trips to the database: here are many.
    for (let look = 0; look < 200; look++) {
      expect((await readLedger(engine, id)).sending).toBeLessThanOrEqual(2 * CONNECTIONS)
    }
  } finally {
    await commit()
    await job
  }
  expect(await job).toEqual({ sent: 8 * CONNECTIONS, other: 0 })
  expect(engine.sink.received).toHaveLength(8 * CONNECTIONS)
})
