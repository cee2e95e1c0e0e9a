import { describe, expect, it } from 'vitest'
import { completeCampaignsIfDone, lockFinishedCampaigns } from '@/db/queries/campaigns/complete-campaigns'

import { EMAIL_STATUSES } from '@/domain/campaign/progress'

import { allWithRows } from '../../support/rows'

const given = allWithRows()
const { run, now, inHours } = given

describe('completing campaigns', () => {
  /** Campaigns that have nothing left, and some that have, each for one reason; returns the ids of all. */
  async function everything() {
    const idle = {
      'nothing left': await given.rows.campaign('nothing left'),
      'all planned': await given.rows.campaign('all planned'),
      'nothing to plan': await given.rows.campaign('nothing to plan'),
    }
    await given.rows.run('planned', idle['all planned'], { status: 'completed', outreachAt: now(), plannedAt: now() })
    for (const status of ['completed', 'failed', 'stopped'])
      await given.rows.run(status, idle['nothing to plan'], { status })
    const busy = [
      await given.rows.campaign('a run is due', { nextRunAt: inHours(1) }),
      await given.rows.campaign('paused', { status: 'paused' }),
      await given.rows.campaign('failed', { status: 'failed' }),
    ]
    const withRun = async (name: string, data: Parameters<typeof given.rows.run>[2]) => {
      const id = await given.rows.campaign(name)
      await given.rows.run(`${name}: run`, id, data)
      busy.push(id)
    }
    await withRun('a run waits', { status: 'pending' })
    await withRun('a run is under way', { status: 'running' })
    await withRun('emails are not planned yet', { status: 'completed', outreachAt: inHours(1) })
    for (const status of EMAIL_STATUSES) {
      const isOpen = ['pending', 'sending', 'held'].includes(status)
      const id = await given.rows.campaign(`an email is ${status}`)
      await given.rows.email(status, { campaignId: id, leadId: await given.rows.lead(status) }, { status })
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
      (await run((tx) => lockFinishedCampaigns(tx, ids))).map(({ id }) => given.rows.nameOf(id)).toSorted()
    expect(await finished(null)).toEqual(Object.keys(idle).toSorted())
    expect(await finished(all)).toEqual(Object.keys(idle).toSorted())
    expect(await finished([idle['all planned']])).toEqual(['all planned'])
    expect(await finished([])).toEqual([])
  })

  it('completes, of those that were named, those that run and have nothing left by then', async () => {
    const { idle, all } = await everything()
    await given.rows.campaign('nothing left, not named')
    const done = { status: 'completed', completedAt: now() }
    expect(await given.rows.changesOf(() => complete(all))).toEqual(
      Object.fromEntries(Object.keys(idle).map((name) => [name, done])),
    )
    const events = await given.engine.db.campaignEvent.findMany()
    expect(events.map(({ campaignId }) => given.rows.nameOf(campaignId)).toSorted()).toEqual(
      Object.keys(idle).toSorted(),
    )
  })

  it('releases their batches and closes their history, not those of others', async () => {
    const done = await given.rows.campaign('done')
    const other = await given.rows.campaign('other', { status: 'paused' })
    const link = async (
      name: string,
      campaignId: string,
      data: { startedAt?: Date; completedAt?: Date },
      held = true,
    ) => {
      const batchId = await given.rows.batch(name, { heldBy: held ? campaignId : null })
      await given.engine.db.campaignBatch.create({ data: { campaignId, batchId, ...data } })
    }
    await link('its own', done, { startedAt: inHours(-2) })
    await link('used before', done, { startedAt: inHours(-2), completedAt: inHours(-1) }, false)
    await link('never used', done, {}, false)
    await link('of another', other, { startedAt: inHours(-2) })
    expect(await given.rows.changesOf(() => complete([done, other]))).toEqual({
      done: { status: 'completed', completedAt: now() },
      'its own': { activeCampaignId: null },
      'done/its own': { completedAt: now() },
    })
  })
})
