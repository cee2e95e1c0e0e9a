import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getResults } from '@/use-cases/progress/get-results'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const HOUR = 3_600_000

describe('what a campaign has brought', () => {
  let engine: Engine
  let campaignId: string
  let mailboxId: string
  beforeEach(async () => {
    engine = await createEngine()
    ;({ id: campaignId } = await startOutreach(engine, { leads: 3, days: [0, 1], timezone: 'Europe/Berlin' }))
    mailboxId = (await engine.db.mailbox.findFirstOrThrow()).id
    engine.clock.advance(HOUR)
    await engine.work()
  })
  afterEach(() => engine.close())

  let uid = 0n
  async function receive(kind: string, receivedAt: string, { of = 0, step = 1, details = {} } = {}) {
    const email = (
      await engine.db.scheduledEmail.findMany({
        where: { campaignId, workflowStepNumber: step },
        orderBy: { leadId: 'asc' },
      })
    )[of]
    uid++
    await engine.db.receivedMessage.create({
      data: {
        mailboxId,
        folder: 'INBOX',
        uidValidity: 1n,
        uid,
        contentHash: `hash ${uid}`,
        receivedAt: new Date(receivedAt),
        size: 1,
        kind,
        details,
        campaignId,
        leadId: email?.leadId ?? null,
        scheduledEmailId: email?.id ?? null,
      },
    })
  }

  const hard = { recipients: [{ severity: 'hard' }] }

  it('counts replies of people by the local day, weekday and hour, and each lead once a step', async () => {
    // Sunday 23:30 UTC is Monday 00:30 in Berlin.
    await receive('human', '2026-03-08T23:30:00Z')
    await receive('human', '2026-03-09T08:10:00Z')
    await receive('human', '2026-03-09T08:50:00Z', { of: 1, step: 2 })
    // None of these is a reply of a person that could count.
    await receive('stop_request', '2026-03-09T08:55:00Z', { of: 2 })
    await receive('out_of_office', '2026-03-09T08:56:00Z', { of: 2 })
    await receive('own', '2026-03-09T08:57:00Z', { of: 2, details: { byHand: true } })
    const { days, steps, hours } = await getResults(engine.deps, { campaignId })
    expect(days.filter(({ replies }) => replies > 0)).toEqual([{ day: '2026-03-09', sent: 0, replies: 3 }])
    expect(hours).toEqual([
      { weekday: 1, hour: 0, replies: 1 },
      { weekday: 1, hour: 9, replies: 2 },
    ])
    expect(steps).toEqual([
      { stepNumber: 1, name: 'Step 1', sent: 3, replied: 1, bounced: 0 },
      { stepNumber: 2, name: 'Step 2', sent: 0, replied: 1, bounced: 0 },
    ])
  })

  it('counts a lead whose address is dead once, and none whose mailbox was full, was forged or is none', async () => {
    const at = '2026-03-09T08:55:00Z'
    await receive('bounce', at, { details: hard })
    await receive('bounce', at, { details: hard })
    await receive('bounce', at, { of: 1, details: { recipients: [{ severity: 'soft' }] } })
    await receive('bounce', at, { of: 1, details: { recipients: [{ severity: 'policy' }] } })
    const bounced = async () => (await getResults(engine.deps, { campaignId })).steps.map((step) => step.bounced)
    expect(await bounced()).toEqual([1, 0])
    await receive('bounce', at, { of: 2, details: hard })
    expect(await bounced()).toEqual([2, 0])
    await engine.db.receivedMessage.updateMany({ where: { uid }, data: { correctedAt: new Date(at) } })
    expect(await bounced()).toEqual([1, 0])
    const { id: _, ...like } = await engine.db.mailbox.findFirstOrThrow()
    const other = await engine.db.mailbox.create({ data: { ...like, name: 'other', fromEmail: 'other@nexa.example' } })
    await engine.db.receivedMessage.updateMany({ where: { uid }, data: { correctedAt: null, mailboxId: other.id } })
    expect(await bounced()).toEqual([1, 0])
  })

  it('counts what was sent as the progress does, and says that nothing reads the answers', async () => {
    const { days, reading } = await getResults(engine.deps, { campaignId })
    expect(days.reduce((sum, { sent }) => sum + sent, 0)).toBe(3)
    expect(reading).toEqual({ mailboxes: 1, read: 1, elsewhere: [], asOf: expect.any(Date) })
    await engine.db.mailboxReader.create({ data: { mailboxId, imapHost: 'imap.nexa.example', imapPort: 993 } })
    expect((await getResults(engine.deps, { campaignId })).reading).toMatchObject({ mailboxes: 1, read: 1 })
  })

  it('is refused by name for a campaign that is gone', async () => {
    const gone = getResults(engine.deps, { campaignId: '01900000-0000-7000-8000-000000000000' })
    await expect(gone).rejects.toMatchObject({ code: 'not_found' })
  })
})
