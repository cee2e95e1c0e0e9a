import { describe, expect, it } from 'vitest'
import { beginRunIf } from '@/db/queries/lead-generation/begin-run'
import {
  advanceNextRunIf,
  insertRun,
  repeatRunIfFailed,
  selectDueRuns,
  selectOpenRuns,
} from '@/db/queries/lead-generation/create-due-run'
import {
  dropCallsOfStoppedRuns,
  endRunIf,
  lockCampaignOfRun,
  noteRunFailure,
  releaseRunBatch,
  selectSourceEnds,
  stopRuns,
  stopSourcesOfStoppedRuns,
} from '@/db/queries/lead-generation/end-run'

import { allWithRows } from '../../support/rows'

const given = allWithRows()
const { run, now, inHours } = given

describe('creating a run', () => {
  it('is for campaigns that run, whose run is due and whose run before is over, the longest due first', async () => {
    const due = (hours: number) => ({ nextRunAt: inHours(-hours) })
    await given.rows.campaign('due', { nextRunAt: now() })
    await given.rows.campaign('not due', { nextRunAt: inHours(1) })
    await given.rows.campaign('no run due')
    await given.rows.campaign('paused', { ...due(1), status: 'paused' })
    await given.rows.run('waits', await given.rows.campaign('with a run that waits', due(2)))
    await given.rows.run('is made', await given.rows.campaign('with a run under way', due(3)), { status: 'running' })
    for (const status of ['completed', 'failed', 'stopped'])
      await given.rows.run(status, await given.rows.campaign(`with a ${status} run`, due(status.length)), { status })
    const found = await selectDueRuns(given.engine.deps.sql, now())
    expect(found.map(({ name }) => name)).toEqual([
      'with a completed run',
      'with a stopped run',
      'with a failed run',
      'due',
    ])
  })

  it('moves the due time on once, of a campaign that runs', async () => {
    const nextRunAt = now()
    const campaignId = await given.rows.campaign('due', { nextRunAt })
    const paused = await given.rows.campaign('paused', { nextRunAt, status: 'paused' })
    await given.rows.campaign('due as well', { nextRunAt })
    const advance = (id: string) =>
      run((tx) => advanceNextRunIf(tx, { campaignId: id, from: nextRunAt, to: inHours(24), at: now() }))
    expect(await given.rows.changesOf(() => advance(campaignId))).toEqual({ due: { nextRunAt: inHours(24) } })
    expect(await given.rows.changesOf(async () => expect(await advance(campaignId)).toBe(false))).toEqual({})
    expect(await given.rows.changesOf(async () => expect(await advance(paused)).toBe(false))).toEqual({})
  })

  it('makes one run for one due time', async () => {
    const campaignId = await given.rows.campaign('due')
    const insert = (dueAt: Date) => run((tx) => insertRun(tx, { campaignId, dueAt, missedRuns: 2 }))
    expect(await insert(now())).toEqual({ id: expect.any(String) })
    expect(await insert(now())).toBeNull()
    expect(await insert(inHours(1))).toEqual({ id: expect.any(String) })
    expect(await given.engine.db.leadGenerationRun.count({ where: { campaignId } })).toBe(2)
  })

  it('is followed by a job for each run that is not over, of a campaign that runs', async () => {
    const running = await given.rows.campaign('running')
    await given.rows.run('waits', running)
    await given.rows.run('under way', running, { status: 'running' })
    await given.rows.run('of a paused campaign', await given.rows.campaign('paused', { status: 'paused' }))
    for (const status of ['completed', 'failed', 'stopped']) await given.rows.run(status, running, { status })
    const open = await selectOpenRuns(given.engine.deps.sql)
    expect(open.map(({ id }) => given.rows.nameOf(id))).toEqual(['waits', 'under way'])
  })

  it('is repeated at a resume where all runs have failed and none is due', async () => {
    const withRuns = async (name: string, data: Parameters<typeof given.rows.campaign>[1], ...runs: string[]) => {
      const id = await given.rows.campaign(name, data)
      for (const status of runs) await given.rows.run(`${name}, ${status}`, id, { status })
      return id
    }
    const wanted = await withRuns('all failed', {}, 'failed', 'failed')
    await withRuns('all failed, not resumed', {}, 'failed')
    const others = [
      await withRuns('has been good', {}, 'failed', 'completed'),
      await withRuns('never ran', {}),
      await withRuns('has a run due', { nextRunAt: inHours(1) }, 'failed'),
      await withRuns('paused', { status: 'paused' }, 'failed'),
    ]
    const repeat = (id: string) => run((tx) => repeatRunIfFailed(tx, id, now()))
    expect(await given.rows.changesOf(() => repeat(wanted))).toEqual({ 'all failed': { nextRunAt: now() } })
    for (const id of others) expect(await given.rows.changesOf(() => repeat(id))).toEqual({})
  })
})

describe('beginning a run', () => {
  it('begins the one that is named, once, and only in a campaign that runs', async () => {
    const running = await given.rows.campaign('running')
    const wanted = await given.rows.run('named', running)
    await given.rows.run('not named', running)
    const others = [
      await given.rows.run('of a paused campaign', await given.rows.campaign('paused', { status: 'paused' })),
    ]
    for (const status of ['running', 'completed', 'failed', 'stopped'])
      others.push(await given.rows.run(status, running, { status }))
    const begin = (id: string) => run((tx) => beginRunIf(tx, id, now()))
    expect(await given.rows.changesOf(() => begin(wanted))).toEqual({ named: { status: 'running', startedAt: now() } })
    for (const id of others)
      expect(await given.rows.changesOf(async () => expect(await begin(id)).toBe(false))).toEqual({})
  })
})

describe('ending a run', () => {
  const end = (runId: string) =>
    run((tx) => endRunIf(tx, { runId, status: 'completed', failure: null, outreachAt: inHours(24), at: now() }))

  it('ends the one that is named once none of its sources runs, and no other', async () => {
    const campaignId = await given.rows.campaign('running')
    const wanted = await given.rows.run('named', campaignId, { status: 'running' })
    await given.rows.source(wanted, 'apollo', 'completed')
    await given.rows.source(wanted, 'hunter', 'failed')
    await given.rows.run('not named', campaignId, { status: 'running' })
    const asking = await given.rows.run('asking', campaignId, { status: 'running' })
    await given.rows.source(asking, 'apollo')
    await given.rows.source(asking, 'hunter', 'completed')
    const others = [asking]
    for (const status of ['pending', 'completed', 'failed', 'stopped'])
      others.push(await given.rows.run(status, campaignId, { status }))
    const ended = { status: 'completed', outreachAt: inHours(24), finishedAt: now() }
    expect(await given.rows.changesOf(() => end(wanted))).toEqual({ named: ended })
    for (const id of others)
      expect(await given.rows.changesOf(async () => expect(await end(id)).toBe(false))).toEqual({})
  })

  it('asks its own campaign, its own sources, and whether one of its campaign has been good', async () => {
    const good = await given.rows.campaign('was good', { status: 'paused' })
    await given.rows.run('good', good, { status: 'completed' })
    const bad = await given.rows.campaign('was never good')
    await given.rows.run('failed before', bad, { status: 'failed' })
    const ofGood = await given.rows.run('of good', good, { status: 'running' })
    const ofBad = await given.rows.run('of bad', bad, { status: 'running' })
    await given.rows.source(ofGood, 'apollo')
    await given.rows.source(ofBad, 'hunter')
    const facts = (id: string) => run((tx) => lockCampaignOfRun(tx, id))
    expect(await facts(ofGood)).toMatchObject({ name: 'was good', hasCompleted: true })
    expect(await facts(ofBad)).toMatchObject({ name: 'was never good', hasCompleted: false })
    expect(await selectSourceEnds(given.engine.deps.sql, ofBad)).toEqual([
      { source: 'hunter', found: 0, failure: null },
    ])
  })

  it("releases the run's batch while its campaign still holds it", async () => {
    const campaignId = await given.rows.campaign('holder')
    const wanted = await given.rows.batch('its batch', { heldBy: campaignId })
    await given.rows.batch('another of its batches', { heldBy: campaignId })
    const taken = await given.rows.batch('taken by another', { heldBy: await given.rows.campaign('another') })
    const release = (id: string) => run((tx) => releaseRunBatch(tx, id, campaignId, now()))
    expect(await given.rows.changesOf(() => release(wanted))).toEqual({ 'its batch': { activeCampaignId: null } })
    expect(await given.rows.changesOf(() => release(taken))).toEqual({})
  })

  it('notes a failure on its campaign while that runs, and takes back no other reason', async () => {
    const running = await given.rows.campaign('running')
    await given.rows.campaign('another')
    const paused = await given.rows.campaign('paused', { status: 'paused', statusReason: 'Paused by a person' })
    const degraded = await given.rows.campaign('with another reason', { statusReason: 'The mailbox is stopped' })
    const note = (id: string, why: string | null) => run((tx) => noteRunFailure(tx, id, why, now()))
    const reason = 'The latest run failed: Apollo: down'
    expect(await given.rows.changesOf(() => note(running, 'Apollo: down'))).toEqual({
      running: { statusReason: reason },
    })
    expect(await given.rows.changesOf(() => note(paused, 'Apollo: down'))).toEqual({})
    expect(await given.rows.changesOf(() => note(degraded, null))).toEqual({})
    expect(await given.rows.changesOf(() => note(running, null))).toEqual({ running: { statusReason: null } })
  })
})

describe('stopping the runs of a campaign', () => {
  /** Runs in each state, with sources and calls in each, of one campaign. */
  async function everything(name: string) {
    const campaignId = await given.rows.campaign(name, { nextRunAt: inHours(1) })
    for (const status of ['pending', 'running', 'completed', 'failed', 'stopped']) {
      const id = await given.rows.run(`${name} ${status}`, campaignId, { status })
      const running = await given.rows.source(id, 'apollo')
      await given.rows.source(id, 'hunter', 'completed')
      for (const call of ['waiting', 'asked', 'answered', 'failed', 'in_doubt', 'dropped'])
        await given.rows.call(`${name} ${status} ${call}`, running, { status: call })
    }
    const over = { status: 'completed', outreachAt: now() }
    await given.rows.run(`${name} to be planned`, campaignId, over)
    await given.rows.run(`${name} planned`, campaignId, { ...over, plannedAt: now() })
    return campaignId
  }

  it('ends its open runs and what would follow from them; what is over stays, and so do those of others', async () => {
    const campaignId = await everything('stopped')
    await everything('other')
    const stopped = { status: 'stopped', finishedAt: now() }
    expect(await given.rows.changesOf(() => run((tx) => stopRuns(tx, campaignId, now())))).toEqual({
      stopped: { nextRunAt: null },
      'stopped pending': stopped,
      'stopped running': stopped,
      'stopped to be planned': { outreachAt: null },
    })
  })

  it('ends the sources of stopped runs that run, and drops their calls that wait', async () => {
    const campaignId = await everything('stopped')
    await everything('other')
    expect(await given.rows.changesOf(() => run((tx) => stopSourcesOfStoppedRuns(tx, campaignId, now())))).toEqual({
      'stopped stopped/apollo': { status: 'stopped', finishedAt: now() },
    })
    expect(await given.rows.changesOf(() => run((tx) => dropCallsOfStoppedRuns(tx, campaignId)))).toEqual({
      'stopped stopped waiting': { status: 'dropped' },
    })
  })
})
