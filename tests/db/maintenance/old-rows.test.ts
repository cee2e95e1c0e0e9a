import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROWS_AT_ONCE, SANDBOX_MESSAGES_KEPT } from '@/db/queries/maintenance/clear-old-rows'
import { openSql } from '@/db/sql'
import { clearOldRows } from '@/use-cases/maintenance/clear-old-rows'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { openCountingPool } from '../../support/statement-work'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const HOUR_MS = 3_600_000
const daysAgo = (days: number) => new Date(engine.clock.now().getTime() - days * 24 * HOUR_MS)
const left = async (sql: string): Promise<unknown[]> =>
  (await engine.pool.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0])

it('keeps the newest 10,000 messages of the sandbox inbox, and takes the rest in statements of a thousand', async () => {
  await engine.pool.query(
    `INSERT INTO sandbox_messages (message_id, from_email, to_email, subject, raw, received_at)
     SELECT i::text, 'a@x.example', 'b@x.example', 'x', '', $1::timestamptz + make_interval(secs => i) FROM generate_series(1, $2::int) i`,
    [engine.clock.now(), SANDBOX_MESSAGES_KEPT + ROWS_AT_ONCE + 7],
  )
  const { pool, done } = openCountingPool(engine.url)
  await clearOldRows({ ...engine.deps, sql: openSql(pool) })
  await pool.end()
  expect(await left('SELECT count(*)::int FROM sandbox_messages')).toEqual([SANDBOX_MESSAGES_KEPT])
  expect(await left('SELECT min(message_id::int) FROM sandbox_messages')).toEqual([ROWS_AT_ONCE + 8])
  expect(done.filter(({ text }) => text.includes('DELETE FROM sandbox_messages'))).toHaveLength(2)
})

it('takes sessions and attempts that are over, in real time', async () => {
  const real = engine.clock.realNow().getTime()
  const at = (hours: number) => new Date(real + hours * HOUR_MS)
  await engine.db.user.create({ data: { id: 'u', name: 'U', email: 'u@x.example' } })
  const session = (id: string, expiresAt: Date) => ({ id, token: id, userId: 'u', expiresAt })
  await engine.db.session.createMany({ data: [session('over', at(-1)), session('open', at(1))] })
  const value = (id: string, expiresAt: Date) => ({ id, identifier: id, value: 'x', expiresAt })
  await engine.db.verification.createMany({ data: [value('over', at(-1)), value('open', at(1))] })
  const attempt = (id: string, hours: number) => ({ id, key: id, count: 3, lastRequest: BigInt(at(hours).getTime()) })
  await engine.db.rateLimit.createMany({ data: [attempt('long ago', -25), attempt('today', -23)] })
  const test = (userId: string, hours: number) => ({ userId, count: 3, sinceAt: at(hours) })
  await engine.db.testEmailCount.createMany({ data: [test('long ago', -25), test('today', -23)] })
  await clearOldRows(engine.deps)
  expect(await left('SELECT id FROM sessions')).toEqual(['open'])
  expect(await left('SELECT id FROM verifications')).toEqual(['open'])
  expect(await left('SELECT id FROM rate_limits')).toEqual(['today'])
  expect(await left('SELECT user_id FROM test_email_counts')).toEqual(['today'])
})

it('takes counters of days that are over for 35 days, in campaign time', async () => {
  const { id: campaignId } = await startOutreach(engine, { leads: 1, days: [0] })
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  const days = [daysAgo(36), daysAgo(34), daysAgo(0)]
  await engine.db.campaignDay.createMany({ data: days.map((day, reserved) => ({ campaignId, day, reserved })) })
  await engine.db.mailboxDay.createMany({ data: days.map((day, reserved) => ({ mailboxId, day, reserved })) })
  await engine.db.mailboxHour.createMany({ data: days.map((hour, emails) => ({ mailboxId, hour, emails })) })
  await clearOldRows(engine.deps)
  expect(await left('SELECT reserved FROM campaign_days ORDER BY 1')).toEqual([1, 2])
  expect(await left('SELECT reserved FROM mailbox_days ORDER BY 1')).toEqual([1, 2])
  expect(await left('SELECT mails FROM mailbox_hours ORDER BY 1')).toEqual([1, 2])
})

it('takes requests of runs that ended a year ago, and never what was bought', async () => {
  const campaign = await engine.db.campaign.create({ data: { name: 'Finding', campaignType: 'lead_generation' } })
  const run = (days: number, status: 'completed' | 'running') => {
    const dueAt = daysAgo(days)
    const finishedAt = status === 'running' ? null : dueAt
    return engine.db.leadGenerationRun.create({ data: { campaignId: campaign.id, dueAt, status, finishedAt } })
  }
  const runs = { old: await run(366, 'completed'), young: await run(364, 'completed'), open: await run(400, 'running') }
  const call = (
    name: keyof typeof runs,
    seq: number,
    status: 'answered' | 'dropped' | 'in_doubt',
    refs: string[] = [],
  ) => ({
    ...{
      runId: runs[name].id,
      source: 'apollo' as const,
      api: 'apollo' as const,
      kind: `${name} ${status}`,
      paid: true,
    },
    ...{ seq, params: {}, status, refs },
  })
  await engine.db.leadGenerationCall.createMany({
    data: [
      call('old', 1, 'dropped'),
      call('old', 2, 'answered', ['bought']),
      call('old', 3, 'in_doubt', ['bought, perhaps']),
      call('young', 1, 'dropped'),
      call('open', 1, 'dropped'),
    ],
  })
  await runTick(engine.deps)
  expect(await left('SELECT kind FROM lead_generation_calls ORDER BY 1')).toEqual([
    'old answered',
    'old in_doubt',
    'open dropped',
    'young dropped',
  ])
})
