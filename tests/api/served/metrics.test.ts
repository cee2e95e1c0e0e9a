import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openSql } from '@/db/sql'
import { createMeasures } from '@/use-cases/maintenance/create-measures'
import { FIGURES_KEPT_MS } from '@/use-cases/maintenance/read-figures'
import { metricsOf } from '../../support/counts/metrics'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'
import { openCountingPool } from '../../support/statement-work'

const TOKEN = 'scrape-'.repeat(6)
const BEGAN = new Date('2026-10-04T12:00:00Z')

let engine: Engine
let app: HttpApp
let counting: ReturnType<typeof openCountingPool>
let realNow = BEGAN
beforeAll(async () => {
  vi.stubEnv('METRICS_TOKEN', TOKEN)
  engine = await createEngine()
  app = await startHttpApp(engine)
  counting = openCountingPool(engine.url)
  const clock = { ...engine.clock, realNow: () => realNow }
  const measures = createMeasures()
  Object.assign(globalThis, { leadnexDeps: { ...engine.deps, clock, measures, sql: openSql(counting.pool) } })
})
afterAll(async () => {
  await app.close()
  await counting.pool.end()
  await engine.close()
})

const scrape = (headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) =>
  fetch(`${app.url}/api/metrics`, { headers })
const looks = () => counting.done.filter(({ text }) => text.includes('emails_scheduled_count')).length

describe('figures over HTTP', () => {
  it('are for whoever sends the token: not for strangers, nor for the owner without it', async () => {
    const cookie = cookieOf(await app.post('/api/auth/sign-up/email', OWNER))
    const strangers: Record<string, string>[] = [
      {},
      { cookie },
      { authorization: 'Bearer wrong' },
      { cookie, authorization: `Bearer ${TOKEN}s` },
    ]
    for (const headers of strangers) {
      const answer = await scrape(headers)
      expect(answer.status).toBe(401)
      expect(await answer.text()).not.toContain('leadnex')
    }
    expect(looks()).toBe(0)
  })

  it('hold those of the installation and of the web process, in the form of Prometheus', async () => {
    await startOutreach(engine, { leads: 3, days: [0] })
    const answer = await scrape()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ])
    const seen = metricsOf(await answer.text())
    expect(seen.get('leadnex_emails{status="pending"}')).toBe(3)
    expect(seen.get('leadnex_due_emails')).toBe(3)
    expect(seen.get('leadnex_nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0)
  })

  it('cost one look at the database in five seconds, however many ask', async () => {
    const before = looks()
    realNow = new Date(realNow.getTime() + FIGURES_KEPT_MS)
    const answers = await Promise.all(Array.from({ length: 50 }, async () => (await scrape()).status))
    expect(answers).toEqual(Array(50).fill(200))
    expect(looks() - before).toBe(1)
  })
})
