import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { getProgress } from '@/use-cases/progress/get-progress'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'

describe('held emails that the setting decides', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())
  const startWithHeld = async (name: string) => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0], name })
    const held = { status: 'held', heldAt: engine.clock.now(), claim: 1, sendingSince: engine.clock.now() }
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: id }, data: held })
    return id
  }

  it('"Send again" ends as delivered what a stopped campaign holds, and keeps no other campaign waiting', async () => {
    await engine.db.settings.update({ where: { id: 1 }, data: { heldResolution: 'again', heldResolveAfterHours: 1 } })
    const stopped = [await startWithHeld('Stopped'), await startWithHeld('Stopped, too')]
    const running = await startWithHeld('Running')
    for (const campaignId of stopped) await stopCampaign(engine.deps, { campaignId, by: BY })
    engine.clock.advance(2 * 3_600_000)
    await runTick(engine.deps)
    for (const id of stopped) {
      expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 1, sent: 1 })
      // Nobody has seen it arrive, and the figure says so.
      expect((await getProgress(engine.deps, { campaignId: id })).assumed).toBe(1)
    }
    expect(await readLedger(engine, running)).toEqual({ ...EMPTY_LEDGER, planned: 1, pending: 1 })
    await engine.work()
    expect(await readLedger(engine, running)).toEqual({ ...EMPTY_LEDGER, planned: 1, sent: 1 })
    expect(await statusOf(engine, running)).toBe('completed')
    expect(engine.sink.received).toHaveLength(1)
    expect((await getProgress(engine.deps, { campaignId: running })).assumed).toBe(0)
  })
})
