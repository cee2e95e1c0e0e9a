import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backupTime, restoredReason } from '@/domain/backup/restored'
import { previewResume, resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { acceptRestore, getOpenRestore } from '@/use-cases/maintenance/accept-restore'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { createRestores } from '../../support/database/backups'
import {
  BY,
  createEngine,
  createOutreach,
  type Engine,
  readLedger,
  startOutreach,
  statusOf,
} from '../../support/engine'
import { openWithSources, startGeneration } from '../../support/generation'

const HOUR_MS = 3_600_000

describe('what was restored starts paused', () => {
  let engine: Engine
  let restores: ReturnType<typeof createRestores>
  beforeEach(async () => {
    engine = await createEngine()
    restores = createRestores()
  })
  afterEach(async () => {
    await restores.close()
    await engine.close()
  })

  const restoredAfter = (hours: number) => restores.after(engine, hours)

  it('a campaign that runs is paused, what was due since is held, and nothing leaves', async () => {
    const { id } = await startOutreach(engine, { leads: 10, days: [0, 1] })
    const { outcome, takenAt, at, restored } = await restoredAfter(3)
    expect(outcome).toMatchObject({ campaignsPaused: 1, startsTakenBack: 0, emailsHeld: 10, repliesHeld: 0 })
    const campaign = await restored.db.campaign.findUniqueOrThrow({ where: { id } })
    expect(campaign).toMatchObject({
      status: 'paused',
      statusReason: `restored from a backup of ${backupTime(takenAt)}`,
      pausedAt: at,
    })
    await restored.work()
    expect(restored.sink.received).toEqual([])
    expect(await readLedger(restored, id)).toMatchObject({ planned: 20, held: 10, pending: 10, sent: 0 })
    const events = await restored.db.campaignEvent.findMany({ where: { campaignId: id, at } })
    expect(events.map(({ kind, message }) => [kind, message])).toEqual(
      expect.arrayContaining([
        ['paused', `Paused: ${restoredReason(takenAt)}`],
        [
          'held',
          expect.stringContaining('10 emails held: delivery unknown. It may have been sent after the backup of'),
        ],
      ]),
    )
  })

  it('the look before a resume names the emails that may have left; resumed, they stay held, and later steps wait', async () => {
    const { id } = await startOutreach(engine, { leads: 4, days: [0, 1] })
    const { takenAt, restored } = await restoredAfter(48)
    expect(await previewResume(restored.deps, { campaignId: id })).toMatchObject({ inDoubt: { emails: 8, takenAt } })
    await resumeCampaign(restored.deps, { campaignId: id, by: BY })
    await restored.work()
    expect(restored.sink.received).toEqual([])
    await resolveHeld(restored.deps, { campaignId: id, choice: 'delivered', by: BY })
    expect(await previewResume(restored.deps, { campaignId: id })).toMatchObject({ inDoubt: null })
    await restored.work()
    expect(restored.sink.received).toEqual([])
    expect(await statusOf(restored, id)).toBe('completed')
  })

  it('what is due later stays planned, and leaves once after a resume', async () => {
    const { id } = await startOutreach(engine, { leads: 4, days: [0, 2] })
    await engine.work()
    const { restored } = await restoredAfter(3)
    expect(await previewResume(restored.deps, { campaignId: id })).toMatchObject({ inDoubt: null, emailsUnchanged: 4 })
    await resumeCampaign(restored.deps, { campaignId: id, by: BY })
    for (const _day of [1, 2, 3]) {
      restored.clock.advanceDays(1)
      await restored.work()
    }
    const all = [...engine.sink.received, ...restored.sink.received].map(({ messageId }) => messageId)
    expect(all).toHaveLength(8)
    expect(new Set(all).size).toBe(8)
    expect(await statusOf(restored, id)).toBe('completed')
  })

  it('a planned start is taken back, with its reason', async () => {
    const { id } = await createOutreach(engine, { leads: 3 })
    const startAt = new Date(engine.clock.now().getTime() + HOUR_MS)
    await scheduleCampaign(engine.deps, { campaignId: id, startAt, by: BY })
    const { outcome, takenAt, restored } = await restoredAfter(3)
    expect(outcome).toMatchObject({ campaignsPaused: 0, startsTakenBack: 1 })
    await restored.work()
    const campaign = await restored.db.campaign.findUniqueOrThrow({ where: { id } })
    expect(campaign).toMatchObject({
      status: 'draft',
      statusReason: restoredReason(takenAt),
      scheduledStartAt: null,
      startType: 'manual',
    })
  })

  it('an email on the wire is held, in a campaign of whatever state', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0] })
    const first = { campaignId: id, leadId: leads[0]?.id ?? '' }
    const leaseUntil = new Date(Date.now() + HOUR_MS)
    await engine.db.scheduledEmail.updateMany({
      where: first,
      data: { status: 'sending', claim: 1, leaseUntil, sendingSince: engine.clock.now() },
    })
    const tomorrow = new Date(engine.clock.now().getTime() + 24 * HOUR_MS)
    await engine.db.scheduledEmail.updateMany({ where: { status: 'pending' }, data: { scheduledFor: tomorrow } })
    await engine.db.campaign.update({ where: { id }, data: { status: 'paused' } })
    const { restored } = await restoredAfter(1)
    expect(await readLedger(restored, id)).toMatchObject({ planned: 2, held: 1, pending: 1, sending: 0 })
  })

  it('a run that was due makes no request before a person resumes', async () => {
    await engine.close()
    const opened = await openWithSources()
    engine = opened.engine
    const id = await startGeneration(engine)
    await engine.db.campaign.update({ where: { id }, data: { nextRunAt: engine.clock.now() } })
    const { restored } = await restoredAfter(1)
    const runs = await restored.db.leadGenerationRun.count()
    const asked: string[] = []
    await runTick({
      ...restored.deps,
      queue: { ...restored.deps.queue, enqueueRun: async (runId) => void asked.push(runId) },
    })
    expect(await restored.db.leadGenerationRun.count()).toBe(runs)
    expect(asked).toEqual([])
    expect(await statusOf(restored, id)).toBe('paused')
    await opened.sample.close()
  })

  it('the setting decides over nothing that is held before a person has accepted the restore', async () => {
    const { id } = await startOutreach(engine, { leads: 3, days: [0] })
    const { takenAt, at, restored } = await restoredAfter(1)
    expect(await getOpenRestore(restored.deps)).toEqual({ takenAt, restoredAt: at })
    restored.clock.advanceDays(30)
    await runTick(restored.deps)
    expect(await readLedger(restored, id)).toMatchObject({ held: 3 })
    await acceptRestore(restored.deps, { by: BY })
    expect(await getOpenRestore(restored.deps)).toBeNull()
    await runTick(restored.deps)
    expect(await readLedger(restored, id)).toMatchObject({ held: 0, sent: 3 })
  })

  it('nobody of the team gets an email about what they may have been told of', async () => {
    const { user, notification } = engine.db
    await user.create({ data: { id: 'mira', name: 'Mira', email: 'mira@nexa.example' } })
    const at = engine.clock.now()
    const notice = { userId: 'mira', kind: 'campaign_ended', at, inApp: true, emailDueAt: at } as const
    await notification.create({ data: { ...notice, occurrence: 'a', email: 'due' } })
    await notification.create({ data: { ...notice, occurrence: 'b', email: 'sent' } })
    const { restored } = await restoredAfter(1)
    const found = await restored.db.notification.findMany({ orderBy: { occurrence: 'asc' } })
    expect(found.map(({ email }) => email)).toEqual(['not_sent', 'sent'])
    expect(found[0]?.emailFailure).toContain('one may have gone after the backup of')
  })

  it('everybody signs in again', async () => {
    await engine.db.user.create({ data: { id: 'mira', name: 'Mira', email: 'mira@nexa.example' } })
    await engine.db.session.create({
      data: { id: 's', token: 't', userId: 'mira', expiresAt: new Date(Date.now() + 24 * HOUR_MS) },
    })
    const { restored } = await restoredAfter(1)
    expect([await restored.db.user.count(), await restored.db.session.count()]).toEqual([1, 0])
  })
})
