import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressHash, unsubscribeToken } from '@/lib/encryption'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { previewResume, resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { updateLead } from '@/use-cases/leads/update-lead'
import { acceptRestore } from '@/use-cases/maintenance/accept-restore'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { updateSettings } from '@/use-cases/settings/update-settings'
import { unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { backUp, createRestores } from '../../support/database/backups'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'

const HOUR_MS = 3_600_000

describe('what may have left between a backup and its restore', () => {
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

  it.each(['paused', 'failed'] as const)(
    'is held of a campaign that was %s, too: resumed since, it has sent what was due',
    async (status) => {
      const { id } = await startOutreach(engine, { leads: 4, days: [0, 2] })
      if (status === 'paused') await pauseCampaign(engine.deps, { campaignId: id, by: BY })
      else await engine.db.campaign.update({ where: { id }, data: { status, failedAt: engine.clock.now() } })
      const { outcome, takenAt, restored } = await restoredAfter(3)
      expect(outcome).toMatchObject({ campaignsPaused: 0, emailsHeld: 4 })
      expect(await statusOf(restored, id)).toBe(status)
      await resumeCampaign(engine.deps, { campaignId: id, by: BY })
      await engine.work()
      expect(engine.sink.received).toHaveLength(4)

      expect(await previewResume(restored.deps, { campaignId: id })).toMatchObject({ inDoubt: { emails: 4, takenAt } })
      await resumeCampaign(restored.deps, { campaignId: id, by: BY })
      await restored.work()
      expect(restored.sink.received).toEqual([])
      expect(await readLedger(restored, id)).toMatchObject({ planned: 8, held: 4, pending: 4 })
      await resolveHeld(restored.deps, { campaignId: id, choice: 'delivered', by: BY })
      restored.clock.advanceDays(3)
      await restored.work()
      const all = [...engine.sink.received, ...restored.sink.received].map(({ messageId }) => messageId)
      expect([all.length, new Set(all).size]).toEqual([8, 8])
      expect(await statusOf(restored, id)).toBe('completed')
    },
  )

  it('is sent again by no setting, also of what was held before; by a person it is', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 3, days: [0] })
    await updateSettings(engine.deps, { heldResolution: 'again', heldResolveAfterHours: 1 })
    const long = { status: 'held', heldAt: new Date(engine.clock.now().getTime() - 90 * HOUR_MS), claim: 1 } as const
    await engine.db.scheduledEmail.updateMany({ where: { leadId: leads[0]?.id }, data: long })
    const { restored } = await restoredAfter(2)
    await acceptRestore(restored.deps, { by: BY })
    await resumeCampaign(restored.deps, { campaignId: id, by: BY })
    restored.clock.advanceDays(5)
    await restored.work()
    expect(restored.sink.received).toEqual([])
    expect(await readLedger(restored, id)).toMatchObject({ held: 3 })
    await resolveHeld(restored.deps, { campaignId: id, choice: 'again', by: BY })
    await restored.work()
    expect(restored.sink.received).toHaveLength(3)
  })

  it('is sent again by the setting where it was held after the restore', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [1] })
    await updateSettings(engine.deps, { heldResolution: 'again', heldResolveAfterHours: 1 })
    const { restored, at } = await restoredAfter(2)
    await acceptRestore(restored.deps, { by: BY })
    const fresh = { status: 'held', heldAt: new Date(at.getTime() + 1), claim: 1 } as const
    await restored.db.scheduledEmail.updateMany({ where: { leadId: leads[0]?.id }, data: fresh })
    restored.clock.advanceDays(1)
    await runTick(restored.deps)
    expect(await readLedger(restored, id)).toMatchObject({ held: 0, pending: 1 })
  })

  it('counts against the limits of its day, where it was due on that day', async () => {
    const { id } = await startOutreach(engine, { leads: 5, days: [0] })
    await engine.db.scheduledEmail.updateMany({
      where: { id: { in: (await engine.db.scheduledEmail.findMany({ take: 2 })).map((email) => email.id) } },
      data: { scheduledFor: new Date(engine.clock.now().getTime() - 48 * HOUR_MS) },
    })
    const { restored } = await restoredAfter(3)
    expect(await readLedger(restored, id)).toMatchObject({ held: 5 })
    expect((await restored.db.mailboxDay.findMany()).map(({ reserved }) => reserved)).toEqual([3])
    expect((await restored.db.campaignDay.findMany()).map(({ reserved }) => reserved)).toEqual([3])
  })

  it('went to the address that its lead has lost since: a link of it is a no of that one', async () => {
    const { leads } = await startOutreach(engine, { leads: 1, days: [0] })
    const { restored } = await restoredAfter(3)
    const [lead] = leads
    await updateLead(restored.deps, { id: lead?.id ?? '', email: 'corrected@elsewhere.example', by: BY })
    const [email] = await restored.db.scheduledEmail.findMany()
    const token = unsubscribeToken(restored.deps.config.consentKey, email?.id ?? '')
    expect(await unsubscribe(restored.deps, { token })).toBe(true)
    const hash = addressHash(restored.deps.config.consentKey, lead?.email ?? '')
    expect((await restored.db.suppression.findMany()).map(({ valueHash }) => valueHash)).toEqual([hash])
    expect((await restored.db.lead.findMany()).map(({ status }) => status)).toEqual(['new'])
  })

  it('is known by simulated time where there is one, and never by a clock that stands before the backup', async () => {
    const { id } = await startOutreach(engine, { leads: 2, days: [0, 1, 1] })
    const takenAt = engine.clock.now()
    const realOrigin = new Date('2026-03-02T08:00:00Z')
    await engine.db.simulatedClock.create({ data: { realOrigin, startsAt: takenAt, speed: 24 } })
    await backUp(engine.url, restores.path('simulated'), takenAt)
    const later = await restores.restore(restores.path('simulated'), new Date(realOrigin.getTime() + 1.5 * HOUR_MS))
    expect(await readLedger(later.restored, id)).toMatchObject({ held: 4, pending: 2 })

    await engine.db.simulatedClock.deleteMany()
    await backUp(engine.url, restores.path('behind'), takenAt)
    const before = await restores.restore(restores.path('behind'), new Date(takenAt.getTime() - 24 * HOUR_MS))
    expect(await readLedger(before.restored, id)).toMatchObject({ held: 2, pending: 4 })
  })

  it('invitations that may have been taken back since open nothing', async () => {
    const day = new Date(Date.now() + 24 * HOUR_MS)
    const invitation = { role: 'admin', invitedBy: BY, createdAt: new Date(), expiresAt: day } as const
    await engine.db.invitation.createMany({
      data: [
        { ...invitation, email: 'open@nexa.example', tokenHash: 'a' },
        { ...invitation, email: 'used@nexa.example', tokenHash: 'b', acceptedAt: new Date('2026-03-01T09:00:00Z') },
      ],
    })
    const { restored, at } = await restoredAfter(1)
    const found = await restored.db.invitation.findMany({ orderBy: { email: 'asc' } })
    expect(found.map(({ revokedAt }) => revokedAt)).toEqual([at, null])
  })
})
