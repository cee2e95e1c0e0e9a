import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginTransaction, execute } from '@/db/sql'
import { holdExpiredLeases } from '@/use-cases/delivery/hold-expired-leases'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

describe('the lease of an email', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  it("runs on the machine's time: where campaign time lies years back, nothing on the wire is taken for lost", async () => {
    engine.clock.set('2001-03-05T09:00:00Z')
    const { id } = await startOutreach(engine, { leads: 3, days: [0] })
    const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
    const { tx, commit, rollback } = await beginTransaction(engine.deps.sql)
    try {
      // Results are recorded under the campaign's lock, so that the emails stay on the wire until this ends.
      await execute(tx)`SELECT 1 FROM campaigns WHERE id = ${id}::uuid FOR NO KEY UPDATE`
      const sending = sendMailbox(engine.deps, { mailboxId })
      await untilBlocked(engine.deps.sql, sending)
      expect(await readLedger(engine, id)).toMatchObject({ sending: 3 })
      expect(await holdExpiredLeases(engine.deps)).toBe(0)
      await commit()
      expect(await sending).toEqual({ sent: 3, other: 0 })
    } catch (error) {
      await rollback()
      throw error
    }
    expect(await readLedger(engine, id)).toMatchObject({ sent: 3, held: 0 })
  })
})
