import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../../scripts/lib/ports'
import { metricsOf } from '../../support/counts/metrics'
import { type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'
import { createLiveEngine } from '../../support/live-engine'
import { eventually, startWorker, type WorkerProcess } from '../../support/worker-process'

const TOKEN = 'scrape-'.repeat(6)

let engine: Engine
let worker: WorkerProcess | undefined
beforeAll(async () => {
  engine = await createLiveEngine()
})
afterAll(async () => {
  await worker?.kill()
  await engine.close()
})

it('a worker gives out what it has sent, to whoever sends the token', async () => {
  const { id } = await startOutreach(engine, { leads: 20, days: [0] })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/api/metrics`
  worker = await startWorker(engine.url, engine.sink, { env: { METRICS_TOKEN: TOKEN, METRICS_PORT: String(port) } })
  await eventually(async () => (await statusOf(engine, id)) === 'completed', 'the campaign completes')
  const ledger = await readLedger(engine, id)
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()

  expect((await fetch(url)).status).toBe(401)
  const scrape = async () =>
    metricsOf(await (await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })).text())
  const answered = 'leadnex_smtp_answer_seconds_count'
  // Another tick may have completed the campaign a moment before the last answer was counted.
  await eventually(async () => (await scrape()).get(answered) === ledger.sent, 'the last answer is counted')
  const seen = await scrape()
  const recorded = (outcome: string) =>
    seen.get(`leadnex_emails_recorded_total{mailbox="${mailboxId}",outcome="${outcome}"}`)
  expect([recorded('sent'), recorded('failed'), recorded('held')]).toEqual([ledger.sent, 0, 0])
  expect(ledger.sent).toBe(20)
  expect(seen.get('leadnex_nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0)
})
