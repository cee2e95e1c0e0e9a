import { describe, expect, it } from 'vitest'
import {
  beginNextCall,
  countOpenCalls,
  expireCalls,
  giveCallBackIf,
  insertCalls,
  lockRunSource,
} from '@/db/queries/lead-generation/begin-next-call'
import {
  addYield,
  endSourceIf,
  failCallIf,
  lockForResponse,
  recordResponseIf,
} from '@/db/queries/lead-generation/record-response'

import { EMPTY_YIELD } from '@/domain/lead-generation/yield'

import { allWithRows } from '../../support/rows'

const HOUR_MS = 3_600_000
const STATUSES = ['waiting', 'asked', 'answered', 'failed', 'in_doubt', 'dropped']

const given = allWithRows()
const { run, now } = given

const inRealTime = (hours: number) => new Date(given.engine.clock.realNow().getTime() + hours * HOUR_MS)

/** A run under way with its two sources, of a campaign that runs. */
async function startRun(name: string, { campaign = 'running', status = 'running', source = 'running' } = {}) {
  const id = await given.rows.run(name, await given.rows.campaign(`${name} campaign`, { status: campaign }), { status })
  return {
    apollo: await given.rows.source(id, 'apollo', source),
    hunter: await given.rows.source(id, 'hunter', source),
  }
}

describe('asking a source', () => {
  it('goes on only while it runs, in a run under way, of a campaign that runs', async () => {
    const { apollo, hunter } = await startRun('wanted')
    await given.engine.db.leadGenerationRunSource.update({ where: { runId_source: apollo }, data: { cap: 7 } })
    const lock = (key: typeof apollo) => run((tx) => lockRunSource(tx, key))
    const others = {
      'of a paused campaign': { campaign: 'paused' },
      'of a run that is over': { status: 'stopped' },
      'of a run that has not begun': { status: 'pending' },
      'that has ended': { source: 'completed' },
    }
    for (const [name, how] of Object.entries(others)) {
      const { apollo: other } = await startRun(name, how)
      expect([name, await lock(other)]).toEqual([name, null])
    }
    expect(await lock(apollo)).toEqual({ cap: 7, found: 0 })
    expect(await lock(hunter)).toEqual({ cap: 9, found: 0 })
  })

  it('takes the top of its own stack, one call at a time, whatever other sources and runs do', async () => {
    const { apollo, hunter } = await startRun('wanted')
    const { apollo: elsewhere } = await startRun('elsewhere')
    for (const place of ['lower', 'top']) await given.rows.call(place, apollo)
    await given.rows.call('answered', apollo, { status: 'answered' })
    for (const [key, name] of [
      [hunter, 'of another source'],
      [elsewhere, 'of another run'],
    ] as const) {
      await given.rows.call(`${name}, under way`, key, { status: 'asked' })
      await given.rows.call(`${name}, waits`, key)
    }
    const leaseUntil = inRealTime(1)
    const begin = () => run((tx) => beginNextCall(tx, { ...apollo, at: now(), leaseUntil }))
    expect(await given.rows.changesOf(begin)).toEqual({
      top: { status: 'asked', claim: 1, askedAt: now(), leaseUntil },
    })
    expect(await given.rows.changesOf(async () => expect(await begin()).toBeNull())).toEqual({})
  })

  it('counts its own calls that wait or are under way', async () => {
    const { apollo, hunter } = await startRun('wanted')
    const { apollo: elsewhere } = await startRun('elsewhere')
    for (const status of STATUSES) await given.rows.call(status, apollo, { status })
    for (const key of [hunter, elsewhere]) await given.rows.call('other', key)
    expect(await countOpenCalls(given.engine.deps.sql, apollo)).toBe(2)
  })

  it('puts further calls on top of its own stack', async () => {
    const { apollo, hunter } = await startRun('wanted')
    const { apollo: elsewhere } = await startRun('elsewhere')
    await given.rows.call('own', apollo, { seq: 3 })
    for (const key of [hunter, elsewhere]) await given.rows.call('other', key, { seq: 40 })
    const call = (kind: string) => ({ api: 'hunter' as const, kind, paid: false, params: {}, refs: [] })
    await insertCalls(given.engine.deps.sql, { ...apollo, calls: [call('first'), call('second')], status: 'waiting' })
    const calls = await given.engine.db.leadGenerationCall.findMany({ where: apollo, orderBy: { seq: 'desc' } })
    expect(calls.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['first', 5],
      ['second', 4],
      ['people', 3],
    ])
  })
})

describe('closing a call', () => {
  const closing: [string, (id: string, claim: number) => Promise<unknown>, string[], object][] = [
    [
      'with its response',
      (id, claim) =>
        run((tx) => recordResponseIf(tx, { id, claim, found: 2, brought: ['p1'], requests: 1, credits: 3, at: now() })),
      ['asked', 'in_doubt'],
      { status: 'answered', found: 2, refs: ['p1'], requests: 1, credits: 3 },
    ],
    [
      'without a response',
      (id, claim) =>
        run((tx) => failCallIf(tx, { id, claim, status: 'failed', kind: 'outage', message: 'down', at: now() })),
      ['asked'],
      { status: 'failed', failureKind: 'outage', failure: 'down' },
    ],
    [
      'that was not made',
      (id, claim) => giveCallBackIf(given.engine.deps.sql, { id, claim }),
      ['asked'],
      { status: 'waiting' },
    ],
  ]

  it.each(closing)(
    '%s is for the call and the claim that it was made under, and not for closed ones',
    async (...row) => {
      const [, close, from, then] = row
      const ids = new Map<string, string>()
      for (const status of STATUSES) {
        const { apollo } = await startRun(status)
        ids.set(status, await given.rows.call(`the call, ${status}`, apollo, { status, claim: 2 }))
      }
      for (const [status, id] of ids) {
        expect([status, await given.rows.changesOf(() => close(id, 1))]).toEqual([status, {}])
        const changes = await given.rows.changesOf(() => close(id, 2))
        const closed = { [`the call, ${status}`]: expect.objectContaining(then) }
        expect([status, changes]).toEqual([status, from.includes(status) ? closed : {}])
      }
    },
  )
})

describe('calls whose worker is gone', () => {
  it('are given up when their lease is over, each counted where it belongs; what a run over has left is dropped', async () => {
    const { apollo, hunter } = await startRun('wanted')
    const { apollo: other } = await startRun('other')
    await given.rows.call('paid', apollo, { status: 'asked', leaseUntil: inRealTime(-1) })
    await given.rows.call('free', hunter, { status: 'asked', paid: false, leaseUntil: inRealTime(-1) })
    await given.rows.call('lease open', other, { status: 'asked', leaseUntil: inRealTime(1) })
    await given.rows.call('waits', apollo)
    await given.rows.call('answered', apollo, { status: 'answered' })
    const { apollo: stopped, hunter: begun } = await startRun('stopped', { status: 'stopped' })
    for (const status of STATUSES) await given.rows.call(`${status} when stopped`, stopped, { status })
    await given.rows.call('free when stopped', begun, { status: 'asked', paid: false, leaseUntil: inRealTime(-1) })
    const { apollo: pending } = await startRun('pending', { status: 'pending' })
    await given.rows.call('of a run that has not begun', pending)
    const expire = async () =>
      expect(await expireCalls(given.engine.deps.sql, given.engine.clock.realNow())).toEqual({ calls: 3, inDoubt: 1 })
    expect(await given.rows.changesOf(expire)).toEqual({
      paid: { status: 'in_doubt', leaseUntil: null },
      free: { status: 'waiting', leaseUntil: null },
      'wanted/apollo': { inDoubt: 1 },
      'waiting when stopped': { status: 'dropped' },
      'free when stopped': { status: 'waiting', leaseUntil: null },
    })
  })
})

describe('what a response does to its source', () => {
  it('learns whether what follows may be asked: its source and its run are under way', async () => {
    const open = async (name: string, how: Parameters<typeof startRun>[1]) => {
      const { apollo } = await startRun(name, how)
      const facts = await run((tx) => lockForResponse(tx, apollo))
      return [facts?.campaignName, facts?.open]
    }
    expect(await open('wanted', {})).toEqual(['wanted campaign', true])
    expect(await open('ended', { source: 'failed' })).toEqual(['ended campaign', false])
    expect(await open('stopped', { status: 'stopped' })).toEqual(['stopped campaign', false])
  })

  it('learns the numbers of its own source', async () => {
    const { hunter: earlier } = await startRun('another')
    await given.engine.db.leadGenerationRunSource.update({ where: { runId_source: earlier }, data: { cap: 3 } })
    const { apollo, hunter } = await startRun('wanted')
    await given.engine.db.leadGenerationRunSource.update({ where: { runId_source: hunter }, data: { cap: 7 } })
    expect(await run((tx) => lockForResponse(tx, hunter))).toMatchObject({ cap: 7 })
    expect(await run((tx) => lockForResponse(tx, apollo))).toMatchObject({ cap: 9 })
  })

  it('adds to its own yield', async () => {
    const { apollo } = await startRun('wanted')
    await startRun('other')
    const more = { found: 3, added: 2, duplicate: 1, existing: 1, requests: 1, credits: 5 }
    const add = () => run((tx) => addYield(tx, { ...apollo, ...EMPTY_YIELD, ...more }))
    expect(await given.rows.changesOf(add)).toEqual({ 'wanted/apollo': more })
  })

  it('ends its own source once, and drops its calls that wait', async () => {
    const { apollo, hunter } = await startRun('wanted')
    const { apollo: other } = await startRun('other')
    for (const status of STATUSES) await given.rows.call(status, apollo, { status })
    await given.rows.call('of another source', hunter)
    await given.rows.call('of another run', other)
    const end = (kind: string) =>
      run((tx) => endSourceIf(tx, { ...apollo, failure: { kind, message: 'down' }, at: now() }))
    expect(await given.rows.changesOf(() => end('outage'))).toEqual({
      'wanted/apollo': { status: 'failed', failureKind: 'outage', failure: 'down', finishedAt: now() },
      waiting: { status: 'dropped' },
    })
    expect(await given.rows.changesOf(() => end('quota'))).toEqual({})
  })
})
