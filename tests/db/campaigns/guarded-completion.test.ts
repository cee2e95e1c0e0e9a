import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { completeCampaignsIfDone, lockFinishedCampaigns } from '@/db/queries/campaigns/complete-campaigns'
import { type Tx, transaction } from '@/db/sql'
import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { createEngine, type Engine } from '../../support/engine'
import { createRows } from '../../support/rows'

const HOUR_MS = 3_600_000

let engine: Engine
let rows: ReturnType<typeof createRows>
beforeAll(async () => {
  engine = await createEngine()
  rows = createRows(engine)
})
afterAll(() => engine.close())
afterEach(() => rows.clear())

const run = <T>(work: (tx: Tx) => Promise<T>) => transaction(engine.deps.sql, work)
const now = () => engine.clock.now()
const inHours = (hours: number) => new Date(now().getTime() + hours * HOUR_MS)

describe('completing campaigns', () => {
  /** Campaigns that have nothing left, and some that have, each for one reason; returns the ids of all. */
  async function everything() {
    const idle = {
      'nothing left': await rows.campaign('nothing left'),
      'all planned': await rows.campaign('all planned'),
      'nothing to plan': await rows.campaign('nothing to plan'),
    }
    await rows.run('planned', idle['all planned'], { status: 'completed', outreachAt: now(), plannedAt: now() })
    for (const status of ['completed', 'failed', 'stopped']) await rows.run(status, idle['nothing to plan'], { status })
    const busy = [
      await rows.campaign('a run is due', { nextRunAt: inHours(1) }),
      await rows.campaign('paused', { status: 'paused' }),
      await rows.campaign('failed', { status: 'failed' }),
    ]
    const withRun = async (name: string, data: Parameters<typeof rows.run>[2]) => {
      const id = await rows.campaign(name)
      await rows.run(`${name}: run`, id, data)
      busy.push(id)
    }
    await withRun('a run waits', { status: 'pending' })
    await withRun('a run is under way', { status: 'running' })
    await withRun('emails are not planned yet', { status: 'completed', outreachAt: inHours(1) })
    for (const status of EMAIL_STATUSES) {
      const isOpen = ['pending', 'sending', 'held'].includes(status)
      const id = await rows.campaign(`an email is ${status}`)
      await rows.email(status, { campaignId: id, leadId: await rows.lead(status) }, { status })
      if (isOpen) busy.push(id)
      else Object.assign(idle, { [`an email is ${status}`]: id })
    }
    return { idle, busy, all: [...Object.values(idle), ...busy] }
  }
  const because = { lead_generation: 'L', outreach: 'O', fully_automated: 'F' }
  const complete = (ids: string[]) => run((tx) => completeCampaignsIfDone(tx, { ids, at: now(), because }))

  it('looks at those that run and have nothing left, among all or among those that are named', async () => {
    const { idle, all } = await everything()
    const finished = async (ids: string[] | null) =>
      (await run((tx) => lockFinishedCampaigns(tx, ids))).map(({ id }) => rows.nameOf(id)).toSorted()
    expect(await finished(null)).toEqual(Object.keys(idle).toSorted())
    expect(await finished(all)).toEqual(Object.keys(idle).toSorted())
    expect(await finished([idle['all planned']])).toEqual(['all planned'])
    expect(await finished([])).toEqual([])
  })

  it('completes, of those that were named, those that run and have nothing left by then', async () => {
    const { idle, all } = await everything()
    await rows.campaign('nothing left, not named')
    const done = { status: 'completed', completedAt: now() }
    expect(await rows.changesOf(() => complete(all))).toEqual(
      Object.fromEntries(Object.keys(idle).map((name) => [name, done])),
    )
    const events = await engine.db.campaignEvent.findMany()
    expect(events.map(({ campaignId }) => rows.nameOf(campaignId)).toSorted()).toEqual(Object.keys(idle).toSorted())
  })

  it('releases their batches and closes their history, not those of others', async () => {
    const done = await rows.campaign('done')
    const other = await rows.campaign('other', { status: 'paused' })
    const link = async (
      name: string,
      campaignId: string,
      data: { startedAt?: Date; completedAt?: Date },
      held = true,
    ) => {
      const batchId = await rows.batch(name, { heldBy: held ? campaignId : null })
      await engine.db.campaignBatch.create({ data: { campaignId, batchId, ...data } })
    }
    await link('its own', done, { startedAt: inHours(-2) })
    await link('used before', done, { startedAt: inHours(-2), completedAt: inHours(-1) }, false)
    await link('never used', done, {}, false)
    await link('of another', other, { startedAt: inHours(-2) })
    expect(await rows.changesOf(() => complete([done, other]))).toEqual({
      done: { status: 'completed', completedAt: now() },
      'its own': { activeCampaignId: null },
      'done/its own': { completedAt: now() },
    })
  })
})
