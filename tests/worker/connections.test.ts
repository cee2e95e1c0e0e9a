import { afterAll, beforeAll, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { createEngine, type Engine, startOutreach, statusOf } from '../support/engine'
import { eventually, startWorker } from '../support/worker-process'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const sessions = async () => {
  const { rows } = await engine.pool.query(
    `SELECT application_name AS name, count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'leadnexconnect-%' GROUP BY 1`,
  )
  return new Map<string, number>(rows.map(({ name, count }) => [name, count]))
}

it('sends with ten connections, and takes no more, for eight mailboxes', async () => {
  for (let number = 1; number <= 7; number++) {
    const input = {
      name: `More ${number}`,
      fromName: 'Ada',
      fromEmail: `more${number}@nexa.example`,
      kind: 'environment',
    }
    await createMailbox(engine.deps, mailboxInput.parse(input))
  }
  // Due for the worker's real clock.
  engine.clock.set(new Date())
  const { id } = await startOutreach(engine, { leads: 80, days: [0] })
  const worker = await startWorker(engine.url, engine.sink, { env: { WORKER_CONNECTIONS: '10' } })
  const most = new Map<string, number>()
  await eventually(async () => {
    for (const [name, count] of await sessions()) most.set(name, Math.max(count, most.get(name) ?? 0))
    return (await statusOf(engine, id)) === 'completed'
  }, 'the campaign completes')
  await worker.stop()
  const sent = await engine.pool.query("SELECT count(*)::int AS sent FROM scheduled_emails WHERE status = 'sent'")
  expect(sent.rows).toEqual([{ sent: 80 }])
  expect(most.get('leadnexconnect-worker')).toBeLessThanOrEqual(10)
  expect(most.get('leadnexconnect-queue-worker')).toBeLessThanOrEqual(5)
})
