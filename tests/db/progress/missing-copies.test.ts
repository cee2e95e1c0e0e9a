import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emailWhy } from '@/components/campaigns/detail/emails/email-text'
import { getProgress } from '@/use-cases/progress/get-progress'
import { listCampaignEmails } from '@/use-cases/progress/list-campaign-emails'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const MINUTE = 60_000

describe('copies of held emails that are missing in Sent', () => {
  let engine: Engine
  let campaignId: string
  let mailboxId: string
  beforeEach(async () => {
    engine = await createEngine()
    ;({ id: campaignId } = await startOutreach(engine, { leads: 2, days: [0] }))
    const held = { status: 'held', claim: 1, sendingSince: engine.clock.now(), heldAt: engine.clock.now() } as const
    await engine.db.scheduledEmail.updateMany({ data: held })
    // Campaign time is not that of the database, which sets the time of a save by itself.
    const template = {
      subject: 'A quieter warehouse at {{ company_name }}',
      updatedAt: new Date('2026-03-01T09:00:00Z'),
    }
    await engine.db.emailTemplate.updateMany({ data: template })
    mailboxId = (await engine.db.mailbox.findFirstOrThrow()).id
    await engine.db.mailboxReader.create({
      data: { mailboxId, imapHost: 'imap.nexa.example', imapPort: 993, filesSent: true },
    })
  })
  afterEach(() => engine.close())

  /** The folder was read `minutes` after the emails may have left, and ten more have passed since. */
  async function readAfter(minutes: number, { path = 'Sent', role = 'sent', failure = '' } = {}) {
    engine.clock.advance((minutes + 10) * MINUTE)
    const read = { role, uidValidity: 1n, lastReadAt: new Date(Date.now() - 10 * MINUTE), failure: failure || null }
    const where = { mailboxId_path: { mailboxId, path } }
    await engine.db.mailboxFolder.upsert({ where, create: { mailboxId, path, ...read }, update: read })
  }
  const missing = async () => {
    const { heldMissing } = await getProgress(engine.deps, { campaignId })
    const { rows } = await listCampaignEmails(engine.deps, { campaignId, status: 'held' })
    expect(rows.filter(({ isMissing }) => isMissing)).toHaveLength(heldMissing)
    return heldMissing
  }

  it('are missed where the provider files within minutes and its folder was read an hour later, and each email says so', async () => {
    await readAfter(62)
    expect(await missing()).toBe(2)
    const { rows } = await listCampaignEmails(engine.deps, { campaignId })
    expect(rows.map((row) => emailWhy(row, 'UTC'))).toEqual(
      Array(2).fill(
        'A worker stopped while it was on the way; delivery is unknown. An hour later Sent held no copy of it, so it most likely never left.',
      ),
    )
    await engine.db.scheduledEmail.updateMany({ where: { id: rows[0]?.id ?? '' }, data: { status: 'sent' } })
    expect(await missing()).toBe(1)
  })

  it('are missed in the one folder that holds all, too', async () => {
    await readAfter(62, { path: 'All', role: 'all' })
    expect(await missing()).toBe(2)
  })

  it('are not missed before that hour is over, though it has passed since the last reading', async () => {
    await readAfter(55)
    expect(await missing()).toBe(0)
  })

  it.each([
    ['no folder of sent emails was read', { path: 'INBOX', role: 'inbox' }],
    ['its folder cannot be read', { failure: 'The server refused: no access' }],
  ])('are not missed where %s', async (_why, folder) => {
    await readAfter(62, folder)
    expect(await missing()).toBe(0)
  })

  it.each([[null], [false]])('are not missed where the provider is not known to file them (%s)', async (filesSent) => {
    await readAfter(62)
    await engine.db.mailboxReader.update({ where: { mailboxId }, data: { filesSent } })
    expect(await missing()).toBe(0)
  })

  it.each([
    ['has variables alone', { subject: '{{ first_name }}' }],
    ['has little text of its own', { subject: 'Hello {{ first_name }}' }],
    ['was saved since', { updatedAt: new Date('2026-03-02T09:30:00Z') }],
  ])('are not missed where their ids may be lost and the template that tells their subject %s', async (_why, data) => {
    await engine.db.emailTemplate.updateMany({ data })
    await readAfter(62)
    expect(await missing()).toBe(0)
    await engine.db.mailboxReader.update({ where: { mailboxId }, data: { rewritesMessageId: true } })
    expect(await missing()).toBe(0)
    await engine.db.mailboxReader.update({ where: { mailboxId }, data: { rewritesMessageId: false } })
    expect(await missing()).toBe(2)
  })

  it('are not missed where their ids may be lost and they answer in a thread, whose subject others have, too', async () => {
    const { db } = engine
    const { leadId, templateId } = await db.scheduledEmail.findFirstOrThrow()
    const content = {
      subject: 'A quieter warehouse',
      bodyText: 'Hello',
      fromEmail: 'a@nexa.example',
      toEmail: 'b@x.example',
    }
    const ids = { campaignId, leadId, templateId, mailboxId, messageId: '<first@nexa.example>' }
    const at = engine.clock.now()
    const { id } = await db.scheduledEmail.create({ data: { ...ids, workflowStepNumber: 2, scheduledFor: at } })
    await db.email.create({ data: { ...ids, ...content, id, sentAt: at } })
    await readAfter(62)
    expect(await missing()).toBe(2)
    await db.workflowStep.updateMany({ data: { replyInThread: true } })
    expect(await missing()).toBe(1)
    await db.mailboxReader.update({ where: { mailboxId }, data: { rewritesMessageId: false } })
    expect(await missing()).toBe(2)
  })

  describe('beside a message of ours that lies there and belongs to no email', () => {
    async function lies(
      minutes: number,
      { kind = 'own', details = { byHand: true } as Record<string, boolean>, to = '', sentMinutes = minutes } = {},
    ) {
      const lead = await engine.db.lead.findFirstOrThrow({ orderBy: { email: 'asc' } })
      // The emails may have left 72 minutes ago, in real time.
      const at = (after: number) => new Date(Date.now() - 72 * MINUTE + after * MINUTE)
      const place = { mailboxId, folder: 'Sent', uidValidity: 1n, uid: 1n, size: 100, contentHash: 'x' }
      const message = { kind, details, toEmails: [to || lead.email], receivedAt: at(minutes), sentAt: at(sentMinutes) }
      await engine.db.receivedMessage.create({ data: { ...place, ...message } })
    }

    it.each<[string, Parameters<typeof lies>]>([
      ['from when it may have left', [1]],
      ['from shortly before', [-10]],
      ['that says so, though it was put there later', [65, { sentMinutes: 1 }]],
    ])('is not missed: one to the lead %s', async (_which, message) => {
      await readAfter(62)
      await lies(...message)
      expect(await missing()).toBe(1)
    })

    it.each<[string, Parameters<typeof lies>]>([
      ['from long before', [-20]],
      ['from after that hour', [65]],
      ['to somebody else', [1, { to: 'ben@elsewhere.example' }]],
      ['that is the copy of another email', [1, { details: { copy: true } }]],
      ['that the lead wrote', [1, { kind: 'human', details: {} }]],
    ])('is missed all the same: one %s', async (_which, message) => {
      await readAfter(62)
      await lies(...message)
      expect(await missing()).toBe(2)
    })
  })

  it('are not missed where simulated time runs faster than mail servers do', async () => {
    await readAfter(62)
    const fast = { ...engine.deps, clock: { ...engine.deps.clock, speed: 1_800 } }
    expect((await getProgress(fast, { campaignId })).heldMissing).toBe(0)
  })
})
