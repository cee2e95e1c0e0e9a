import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { startBoss } from '@/queue/boss'
import { JOB } from '@/queue/jobs'
import { type Engine, readLedger, startOutreach, statusOf } from '../support/engine'
import { createLiveEngine } from '../support/live-engine'
import { eventually, startWorker, type WorkerProcess } from '../support/worker-process'

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

  it('two workers and three ticks at once: 500 due emails, 500 Message-IDs, none twice', async () => {
    const { id } = await startOutreach(engine, { leads: 500, days: [0] })
    await Promise.all([launch(), launch()])
    const boss = await startBoss({ databaseUrl: engine.url, log: engine.deps.log, role: 'web' })
    // Without a singleton key the queue takes all three.
    await Promise.all([1, 2, 3].map((i) => boss.send(JOB.tick, {}, { singletonKey: `forced-${i}` })))
    await eventually(async () => (await statusOf(engine, id)) === 'completed', 'the campaign completes')
    await boss.stop({ graceful: false })
    expect(messageIds()).toHaveLength(500)
    expect(new Set(messageIds()).size).toBe(500)
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 500, sent: 500 })
  }, 180_000)

  it('stopped in order, a worker lets its SMTP transactions end and leaves nothing on the wire', async () => {
    const { id } = await startOutreach(engine, { leads: 200, days: [0] })
    engine.sink.behave = () => ({ at: 'data', delayMs: 60 })
    const worker = await launch()
    await eventually(() => engine.sink.received.length >= 20, '20 emails are received')
    await worker.stop()
    workers = []
    const ledger = await readLedger(engine, id)
    expect(ledger.sending + ledger.held).toBe(0)
    expect(ledger.sent).toBe(engine.sink.received.length)
    expect(ledger.pending).toBe(200 - ledger.sent)
    expect(await engine.db.workerHeartbeat.count()).toBe(0)
  })
})
