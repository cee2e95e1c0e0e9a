import { afterEach, beforeEach, expect, it } from 'vitest'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { getProgress } from '@/use-cases/progress/get-progress'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { backUp, createBackupFolder, restoreInto } from '../support/database/backups'
import { createEmptyDatabase } from '../support/database/empty-database'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../support/engine'
import { createLiveEngine } from '../support/live-engine'
import { eventually, startWorker, type WorkerProcess } from '../support/worker-process'

let engine: Engine
let worker: WorkerProcess | undefined
const files = createBackupFolder()
beforeEach(async () => {
  engine = await createLiveEngine()
})
afterEach(async () => {
  await worker?.kill()
  worker = undefined
  await engine.close()
  files.remove()
})

it('a backup taken while a worker sends restores to a ledger that balances, and nobody gets an email twice', async () => {
  const { id } = await startOutreach(engine, { leads: 600, days: [0] })
  worker = await startWorker(engine.url, engine.sink)
  await eventually(() => engine.sink.received.length >= 50, '50 emails are received')
  const sentBefore = engine.sink.received.length
  await backUp(engine.url, files.path('while-sending'))
  await eventually(async () => (await statusOf(engine, id)) === 'completed', 'the campaign completes')
  expect(await readLedger(engine, id)).toMatchObject({ planned: 600, sent: 600 })

  const database = await createEmptyDatabase()
  await restoreInto(database.url, files.path('while-sending'))
  const restored = await createEngine({ database })
  try {
    restored.clock.set(new Date())
    const ledger = await readLedger(restored, id)
    expect(ledger).toMatchObject({ planned: 600, pending: 0, sending: 0, failed: 0 })
    expect(ledger.sent + ledger.held).toBe(600)
    // Whether the backup met the campaign before its end is not what is asked; that it lost none of what had left before, is.
    const known = await restored.db.scheduledEmail.findMany({
      where: { status: { in: ['sent', 'held'] } },
      select: { messageId: true },
    })
    const names = new Set(known.map(({ messageId }) => messageId))
    expect(engine.sink.received.slice(0, sentBefore).filter(({ messageId }) => !names.has(messageId))).toEqual([])
    await rollUpCounts(restored.deps)
    expect((await getProgress(restored.deps, { campaignId: id })).ledger).toEqual(ledger)
    expect((await restored.db.email.findMany()).length).toBe(ledger.sent)
    if ((await statusOf(restored, id)) === 'paused') {
      await resumeCampaign(restored.deps, { campaignId: id, by: BY })
      await resolveHeld(restored.deps, { campaignId: id, choice: 'delivered', by: BY })
    }
    await restored.work()
    expect(restored.sink.received).toEqual([])
    expect(await statusOf(restored, id)).toBe('completed')
  } finally {
    await restored.close()
  }
}, 180_000)
