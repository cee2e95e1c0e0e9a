import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recoverLeases } from '@/use-cases/recover-leases'
import { sendDueMail } from '@/use-cases/send-due-mail'
import { createEngine, type Engine, readLedger, startOutreach } from '../support/engine'
import { untilBlocked } from '../support/until-blocked'

describe('the lease of a mail', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  it("runs on the machine's time: where campaign time lies years back, nothing on the wire is taken for lost", async () => {
    engine.clock.set('2001-03-05T09:00:00Z')
    const { id } = await startOutreach(engine, { leads: 3, days: [0] })
    const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
    const tx = await engine.deps.pool.connect()
    try {
      // Results are recorded under the campaign's lock, so that the mails stay on the wire until this ends.
      await tx.query('BEGIN')
      await tx.query('SELECT 1 FROM campaigns WHERE id = $1 FOR NO KEY UPDATE', [id])
      const sending = sendDueMail(engine.deps, { mailboxId })
      await untilBlocked(engine.deps.pool, sending)
      expect(await readLedger(engine, id)).toMatchObject({ sending: 3 })
      expect(await recoverLeases(engine.deps)).toBe(0)
      await tx.query('COMMIT')
      expect(await sending).toEqual({ sent: 3, other: 0 })
    } finally {
      tx.release(true)
    }
    expect(await readLedger(engine, id)).toMatchObject({ sent: 3, held: 0 })
  })
})
