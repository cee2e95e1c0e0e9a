import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase } from '@/db/client'
import { startBoss } from '@/queue/boss'
import { JOB } from '@/queue/jobs'
import { getHealth } from '@/use-cases/maintenance/get-health'
import { recordHeartbeat, removeHeartbeat, WORKER_ALIVE_MS } from '@/use-cases/maintenance/record-heartbeat'
import { queuesOf } from '../../../worker/job'
import { JOBS } from '../../../worker/jobs'
import { createEngine, type Engine } from '../../support/engine'

const HOUR_MS = 3_600_000

let engine: Engine
let boss: Awaited<ReturnType<typeof startBoss>>
beforeAll(async () => {
  engine = await createEngine()
  boss = await startBoss({ databaseUrl: engine.url, log: engine.deps.log, role: 'web', queues: queuesOf(JOBS) })
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await engine.close()
})
beforeEach(() => engine.db.workerHeartbeat.deleteMany())

/** The same dependencies at another real time. */
const at = (realNow: Date) => ({ ...engine.deps, clock: { ...engine.clock, realNow: () => realNow } })
const NOW = new Date('2026-10-04T12:00:00Z')
const ago = (ms: number) => new Date(NOW.getTime() - ms)
const workers = async () =>
  (await engine.db.workerHeartbeat.findMany({ orderBy: { workerId: 'asc' } })).map(({ workerId }) => workerId)

describe('heartbeats', () => {
  it('are kept up to date for each worker, and forgotten an hour after the last', async () => {
    await recordHeartbeat(at(ago(HOUR_MS + 1)), 'long gone')
    await recordHeartbeat(at(ago(HOUR_MS)), 'gone')
    await recordHeartbeat(at(ago(5_000)), 'working')
    await recordHeartbeat(at(NOW), 'working')
    expect(await workers()).toEqual(['gone', 'working'])
    expect(await engine.db.workerHeartbeat.findUniqueOrThrow({ where: { workerId: 'working' } })).toMatchObject({
      startedAt: ago(5_000),
      seenAt: NOW,
    })
  })

  it('of a worker that stops in order are removed, those of others stay', async () => {
    for (const worker of ['a', 'b']) await recordHeartbeat(at(NOW), worker)
    await removeHeartbeat(engine.deps, 'a')
    expect(await workers()).toEqual(['b'])
  })
})

describe('health', () => {
  it('counts the workers seen in the last seconds of real time, whatever time is simulated', async () => {
    await recordHeartbeat(at(ago(WORKER_ALIVE_MS)), 'too long ago')
    expect(await getHealth(at(NOW))).toMatchObject({
      status: 'degraded',
      worker: { ok: false, workers: 0, seenAt: null },
    })
    await recordHeartbeat(at(ago(WORKER_ALIVE_MS - 1)), 'just in time')
    await recordHeartbeat(at(ago(1_000)), 'lately')
    engine.clock.set('2030-01-01T00:00:00Z')
    expect(await getHealth(at(NOW))).toMatchObject({
      status: 'ok',
      database: { ok: true },
      worker: { ok: true, workers: 2, seenAt: ago(1_000) },
      mode: 'sandbox',
      clock: { now: new Date('2030-01-01T00:00:00Z'), simulated: true, speed: 1 },
    })
  })

  it('counts the jobs that wait and those that are worked on, none that is done', async () => {
    const [queue] = queuesOf(JOBS)
    const name = queue?.name ?? ''
    const waiting = { ok: true, waiting: 0, active: 0, failing: 0 }
    expect((await getHealth(engine.deps)).queue).toEqual(waiting)
    for (const key of ['a', 'b', 'c']) await boss.send(name, { mailboxId: key }, { singletonKey: key })
    await engine.pool.query("UPDATE pgboss.job SET state = 'active' WHERE singleton_key = 'b'")
    await engine.pool.query("UPDATE pgboss.job SET state = 'completed' WHERE singleton_key = 'c'")
    expect((await getHealth(engine.deps)).queue).toEqual({ ok: true, waiting: 1, active: 1, failing: 0 })
  })

  it('counts the jobs that have failed and are tried again', async () => {
    const name = JOB.sendMailbox
    await boss.deleteAllJobs(name)
    const id = await boss.send(name, { mailboxId: 'd' }, { singletonKey: 'd' })
    await boss.fetch(name)
    await boss.fail(name, id ?? '', new Error('prepared statement "s1" does not exist'))
    expect((await getHealth(engine.deps)).queue).toEqual({ ok: true, waiting: 1, active: 0, failing: 1 })
  })

  it('names each mailbox, the oldest first, and whether it was tested; in the sandbox none needs to be', async () => {
    const first = await engine.db.mailbox.findFirstOrThrow()
    const { id: _id, ...copy } = first
    const own = { ...copy, name: 'Own', kind: 'smtp', fromEmail: 'own@nexa.example', createdAt: new Date('2090-01-01') }
    await engine.db.mailbox.create({ data: { ...own, health: 'stopped' } })
    const live = { ...engine.deps, config: { ...engine.deps.config, sandbox: false } }
    const { mode, mailboxes } = await getHealth(live)
    expect(mode).toBe('live')
    expect(mailboxes.map(({ name, kind, health, tested }) => [name, kind, health, tested])).toEqual([
      [first.name, 'environment', 'ready', false],
      ['Own', 'smtp', 'stopped', false],
    ])
    await engine.db.mailbox.updateMany({ data: { testedAt: NOW } })
    expect((await getHealth(live)).mailboxes.map(({ tested }) => tested)).toEqual([true, true])
  })

  it('is an answer, not an error, when the database cannot be reached', async () => {
    const gone = createDatabase('postgresql://nobody@127.0.0.1:1/none')
    expect(await getHealth({ ...engine.deps, db: gone.models, sql: gone.sql })).toMatchObject({
      status: 'degraded',
      database: { ok: false },
      worker: { ok: false, workers: 0, seenAt: null },
      queue: { ok: false, waiting: 0, active: 0, failing: 0 },
      mailboxes: [],
    })
    await gone.close()
  })
})
