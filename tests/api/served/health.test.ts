import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSql } from '@/db/sql'
import { startBoss } from '@/queue/boss'
import { LOOK_KEPT_MS } from '@/use-cases/maintenance/get-health'
import { recordHeartbeat } from '@/use-cases/maintenance/record-heartbeat'
import { queuesOf } from '../../../worker/job'
import { JOBS } from '../../../worker/jobs'
import { createEngine, type Engine } from '../../support/engine'
import { type HttpApp, startHttpApp } from '../../support/servers/http-app'
import { openCountingPool } from '../../support/statement-work'

const BEGAN = new Date('2026-10-04T12:00:00Z')

let engine: Engine
let app: HttpApp
let counting: ReturnType<typeof openCountingPool>
let realNow = BEGAN
beforeAll(async () => {
  engine = await createEngine()
  const queue = { databaseUrl: engine.url, log: engine.deps.log, role: 'web' as const, queues: queuesOf(JOBS) }
  await (await startBoss(queue)).stop({ graceful: false })
  app = await startHttpApp(engine)
  counting = openCountingPool(engine.url)
  const clock = { ...engine.clock, realNow: () => realNow }
  Object.assign(globalThis, { leadnexDeps: { ...engine.deps, clock, sql: openSql(counting.pool) } })
})
afterAll(async () => {
  await app.close()
  await counting.pool.end()
  await engine.close()
})

/** How often the disk of the database was written to for a look. */
const looks = () => counting.done.filter(({ text }) => text.includes('generate_series(1, 6000)')).length
const ask = async () => {
  const answer = await fetch(`${app.url}/api/health`)
  return [answer.status, await answer.json()]
}
const setTime = (ms: number) => {
  realNow = new Date(BEGAN.getTime() + ms)
}

describe('health, which anybody may ask', () => {
  it('looks at the database once for 200 that ask at once, and answers all of them', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, ask))
    expect(answers).toEqual(Array(200).fill([200, { status: 'degraded' }]))
    expect(looks()).toBe(1)
  })

  it('keeps the answer for two seconds from the look, then says what has changed', async () => {
    await recordHeartbeat({ ...engine.deps, clock: { ...engine.clock, realNow: () => BEGAN } }, 'worker')
    setTime(LOOK_KEPT_MS - 1)
    expect(await ask()).toEqual([200, { status: 'degraded' }])
    expect(looks()).toBe(1)
    setTime(LOOK_KEPT_MS)
    expect(await ask()).toEqual([200, { status: 'ok' }])
    expect(looks()).toBe(2)
  })

  it('looks again where the clock was set back', async () => {
    setTime(-60_000)
    await engine.db.workerHeartbeat.deleteMany()
    expect(await ask()).toEqual([200, { status: 'degraded' }])
    expect(looks()).toBe(3)
  })
})
