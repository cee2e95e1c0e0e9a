import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { startBoss } from '@/queue/boss'
import { JOBS } from '@/queue/jobs'
import { resolveHeld } from '@/use-cases/resolve-held'
import { BY, type Engine, readLedger, startOutreach, statusOf } from '../support/engine'
import { createLiveEngine, eventually, startWorker, type WorkerProcess } from '../support/worker-process'

/** Real worker processes on a real database, queue and SMTP server. */
describe('worker processes', () => {
  let engine: Engine
  let workers: WorkerProcess[] = []
  beforeEach(async () => {
    engine = await createLiveEngine()
  })
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.kill()))
    workers = []
    await engine.close()
  })
  const launch = async () => {
    const worker = await startWorker(engine.url, engine.sink)
    workers.push(worker)
    return worker
  }
  const messageIds = () => engine.sink.received.map(({ messageId }) => messageId)

  it('two workers and three ticks at once: 500 due mails, 500 Message-IDs, none twice', async () => {
    const { id } = await startOutreach(engine, { leads: 500, days: [0] })
    await Promise.all([launch(), launch()])
    const boss = await startBoss({ databaseUrl: engine.url, log: engine.deps.log, role: 'web' })
    // Without a singleton key the queue takes all three.
    await Promise.all([1, 2, 3].map((i) => boss.send(JOBS.tick, {}, { singletonKey: `forced-${i}` })))
    await eventually(async () => (await statusOf(engine, id)) === 'completed', 'the campaign completes')
    await boss.stop({ graceful: false })
    expect(messageIds()).toHaveLength(500)
    expect(new Set(messageIds()).size).toBe(500)
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 500, sent: 500 })
  }, 180_000)

  it('a worker killed in the middle: nothing lost, nothing twice, the unknown held and both choices work', async () => {
    const { id } = await startOutreach(engine, { leads: 300, days: [0] })
    // From the 80th on the server takes its time, so that the worker surely dies with mails on the wire.
    engine.sink.behave = () => ({ at: 'data', delayMs: engine.sink.received.length >= 80 ? 3_000 : 20 })
    const first = await launch()
    await eventually(
      async () => engine.sink.received.length >= 80 && (await readLedger(engine, id)).sending > 0,
      '80 mails are received and more are on the wire',
    )
    await first.kill()
    workers = []
    const afterKill = await readLedger(engine, id)
    expect(afterKill.planned).toBe(300)
    expect(afterKill.sending).toBeGreaterThan(0)
    // In doubt are at most as many mails as there are connections.
    expect(afterKill.sending).toBeLessThanOrEqual(10)
    engine.sink.behave = () => undefined
    // The lease would end by itself in three minutes.
    await engine.deps.pool.query(
      `UPDATE scheduled_emails SET lease_until = now() - interval '1 second' WHERE status = 'sending'`,
    )

    await launch()
    await eventually(
      async () => (await readLedger(engine, id)).sent + afterKill.sending === 300,
      'the rest is sent',
      90_000,
    )
    const ledger = await readLedger(engine, id)
    expect(ledger).toEqual({ ...EMPTY_LEDGER, planned: 300, sent: 300 - afterKill.sending, held: afterKill.sending })
    expect(await statusOf(engine, id)).toBe('running')
    expect(new Set(messageIds()).size).toBe(messageIds().length)

    const held = await engine.db.scheduledEmail.findMany({ where: { campaignId: id, status: 'held' } })
    const arrived = held.filter(({ messageId }) => messageIds().includes(messageId)).map((mail) => mail.id)
    const missing = held.filter(({ messageId }) => !messageIds().includes(messageId)).map((mail) => mail.id)
    if (arrived.length > 0) {
      expect(await resolveHeld(engine.deps, { campaignId: id, ids: arrived, choice: 'delivered', by: BY })).toEqual({
        resolved: arrived.length,
      })
    }
    if (missing.length > 0) {
      expect(await resolveHeld(engine.deps, { campaignId: id, ids: missing, choice: 'again', by: BY })).toEqual({
        resolved: missing.length,
      })
    }
    await eventually(async () => (await statusOf(engine, id)) === 'completed', 'the campaign completes', 90_000)
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 300, sent: 300 })
    expect(new Set(messageIds()).size).toBe(300)
    expect(messageIds()).toHaveLength(300)
  }, 240_000)

  it('stopped in order, a worker lets its dialogues end and leaves nothing on the wire', async () => {
    const { id } = await startOutreach(engine, { leads: 200, days: [0] })
    engine.sink.behave = () => ({ at: 'data', delayMs: 60 })
    const worker = await launch()
    await eventually(() => engine.sink.received.length >= 20, '20 mails are received')
    await worker.stop()
    workers = []
    const ledger = await readLedger(engine, id)
    expect(ledger.sending + ledger.held).toBe(0)
    expect(ledger.sent).toBe(engine.sink.received.length)
    expect(ledger.pending).toBe(200 - ledger.sent)
    expect(await engine.db.workerHeartbeat.count()).toBe(0)
  }, 120_000)
})
