import { describe, expect, it } from 'vitest'
import { selectColleagues, setLeadStatusesIf } from '@/db/queries/conversations/act-on-answer'
import { putFolderPlace, selectFolderPlace } from '@/db/queries/conversations/folder-places'
import { setStatusBackIf } from '@/db/queries/conversations/take-back'
import { type Tx, transaction } from '@/db/sql'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { LostLease, passOver } from '@/use-cases/conversations/message-transaction'
import type { Reading } from '@/use-cases/conversations/reading'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { allWithContactedLead, READ_AT, sample, UNTOUCHED } from '../../support/conversation/reading-stage'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'
import { BY } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

const stage = allWithContactedLead()
const inOne = <T>(work: (tx: Tx) => Promise<T>) => transaction(stage.engine.deps.sql, work)
const BY_HAND = `From: Sam <sam@nexa.example>\r\nTo: ${OUR_LEAD}\r\nSubject: Re: Pallets\r\nMessage-ID: <hand@nexa.example>\r\nIn-Reply-To: ${OUR_ID}\r\n\r\nHello\r\n`

/** A planned email of another campaign, to the lead with this address. Returns what became of it. */
async function plannedElsewhere(email: string, { continueAfterReply = false } = {}) {
  const { db } = stage.engine
  const data = { name: 'Elsewhere', status: 'running', continueAfterReply } as const
  const { id: campaignId } = await db.campaign.create({ data })
  const { templateId, mailboxId } = await db.scheduledEmail.findFirstOrThrow()
  const lead = (await db.lead.findFirst({ where: { email } })) ?? (await db.lead.create({ data: { email } }))
  const plain = { campaignId, templateId, mailboxId, leadId: lead.id, messageId: `<elsewhere ${email}>` }
  const { id } = await db.scheduledEmail.create({ data: { ...plain, scheduledFor: READ_AT } })
  return { leadId: lead.id, status: async () => (await db.scheduledEmail.findUniqueOrThrow({ where: { id } })).status }
}

describe('what an answer ends', () => {
  it.each([
    ['a reply', 'inbox', sample('human-interested.gmail.en')],
    ['an answer by hand', 'sent', BY_HAND],
  ] as const)('leaves campaigns that go on after a reply: %s', async (_, folder, raw) => {
    const goesOn = await plannedElsewhere(OUR_LEAD, { continueAfterReply: true })
    const ends = await plannedElsewhere(OUR_LEAD)
    stage.server.put(folder, raw, READ_AT)
    await stage.read()
    expect([await goesOn.status(), await ends.status()]).toEqual(['pending', 'skipped'])
  })

  it('leaves no campaign where it is a wish to stop', async () => {
    const goesOn = await plannedElsewhere(OUR_LEAD, { continueAfterReply: true })
    await stage.readSample('stop-sure.please-remove-me.en')
    expect(await goesOn.status()).toBe('skipped')
  })

  it('for a company is ended in its campaign alone, and the lead itself is none of its colleagues', async () => {
    const { db } = stage.engine
    const { campaignId, leadId } = stage.ids
    await db.campaign.update({ where: { id: campaignId }, data: { stopSameCompany: true } })
    const elsewhere = await plannedElsewhere('max@nordwind.example')
    const { templateId, mailboxId } = await db.scheduledEmail.findFirstOrThrow()
    const plain = { campaignId, templateId, mailboxId, leadId: elsewhere.leadId, messageId: '<here>' }
    const here = await db.scheduledEmail.create({ data: { ...plain, scheduledFor: READ_AT } })
    const company = { campaignId, domain: 'nordwind.example', exceptLeadId: leadId }
    expect(await inOne((tx) => selectColleagues(tx, company))).toEqual([{ id: elsewhere.leadId }])
    await stage.readSample('human-interested.gmail.en')
    expect(await db.scheduledEmail.findUnique({ where: { id: here.id } })).toMatchObject({ status: 'skipped' })
    expect(await elsewhere.status()).toBe('pending')
  })

  it('is nothing once the lead is gone: the message is kept, and belongs to nobody', async () => {
    const { db, deps, pool } = stage.engine
    stage.server.put('inbox', sample('stop-sure.please-remove-me.en'), READ_AT)
    const client = await pool.connect()
    // The reader has the mailbox, and looks up whose message that is; then it waits here, about to act.
    const reading = stage.read(async (...account) => {
      await client.query('BEGIN')
      await client.query('SELECT 1 FROM mailbox_readers FOR UPDATE')
      return stage.server.open(...account)
    })
    await untilBlocked(deps.sql, reading)
    await db.lead.delete({ where: { id: stage.ids.leadId } })
    await client.query('COMMIT')
    client.release()
    await reading
    expect(await stage.stored()).toMatchObject({ kind: 'stop_request', leadId: null, scheduledEmailId: null })
    expect(await db.suppression.findMany()).toMatchObject([{ value: OUR_LEAD }])
  })
})

describe('what counts', () => {
  it.each(['bounce-soft.postfix-mailbox-full.en', 'bounce-policy.exim-spam.en'])(
    'is no bounce of the mailbox where the address may live: %s',
    async (name) => {
      await stage.readSample(name)
      expect(await stage.engine.db.mailboxHour.findMany({ where: { bounces: { gt: 0 } } })).toEqual([])
      expect((await stage.state()).later).toEqual(UNTOUCHED.later)
    },
  )

  it('is the first reason of an entry, which no correction takes off the list', async () => {
    const { deps } = stage.engine
    await addSuppression(deps, { value: OUR_LEAD, by: BY })
    await stage.readSample('stop-sure.please-remove-me.en')
    expect((await stage.state()).suppressed).toEqual([`${OUR_LEAD} manual`])
    const { id } = await stage.stored()
    await correctMessage(deps, { id, to: 'nothing', by: BY })
    expect((await stage.state()).suppressed).toEqual([`${OUR_LEAD} manual`])
  })
})

describe('somebody who is away', () => {
  const LONG = 'away-2027-01-12.vacation-back-on-the-12th.en'
  const SHORT = 'away-2027-01-04.exchange.en'

  it('for longer stays so when another answer names an earlier day', async () => {
    await stage.readSample(LONG)
    const { away, due } = await stage.state()
    await stage.readSample(SHORT)
    expect(await stage.state()).toMatchObject({ away, due })
  })

  it('gets what is planned after the return at its time', async () => {
    const { db } = stage.engine
    const later = new Date('2027-03-01T09:00:00Z')
    await db.scheduledEmail.updateMany({ where: { status: 'pending' }, data: { scheduledFor: later } })
    await stage.readSample(SHORT)
    expect((await stage.state()).due).toEqual([later.toISOString(), later.toISOString()])
    expect((await stage.stored()).effects).toMatchObject({ deferred: 0 })
  })

  it('until a time that a person has set since stays so when the message is corrected', async () => {
    const { db, deps } = stage.engine
    await stage.readSample(SHORT)
    const awayUntil = new Date('2027-02-01T09:00:00Z')
    await db.lead.update({ where: { id: stage.ids.leadId }, data: { awayUntil } })
    await correctMessage(deps, { id: (await stage.stored()).id, to: 'nothing', by: BY })
    expect((await stage.state()).away).toBe(awayUntil.toISOString())
  })
})

describe('a status', () => {
  it('that was changed since is not set back, and neither is one that an answer may not change', async () => {
    const { leadId } = stage.ids
    const back = { leadId, given: 'replied', before: 'new', at: READ_AT } as const
    expect(await inOne((tx) => setStatusBackIf(tx, back))).toBeNull()
    const to = { leadId, to: 'replied', from: ['new'] } as const
    expect(await inOne((tx) => setLeadStatusesIf(tx, [to], READ_AT))).toEqual([])
    expect((await stage.state()).lead).toBe('contacted')
  })
})

describe('the place up to which a folder is read', () => {
  const place = async (uidValidity: bigint, lastUid: number) => {
    const { sql } = stage.engine.deps
    const { mailboxId } = stage.ids
    await putFolderPlace(sql, { mailboxId, path: 'INBOX', role: 'inbox', uidValidity, lastUid })
    return selectFolderPlace(sql, { mailboxId, path: 'INBOX' })
  }

  it('never moves back, but in a folder that was numbered anew', async () => {
    expect(await place(1n, 9)).toMatchObject({ lastUid: 9 })
    expect(await place(1n, 5)).toMatchObject({ uidValidity: 1n, lastUid: 9 })
    expect(await place(2n, 5)).toMatchObject({ uidValidity: 2n, lastUid: 5 })
  })

  it('is moved past messages by whoever has the mailbox alone, and not once its settings are saved', async () => {
    const { db, deps } = stage.engine
    const { mailboxId } = stage.ids
    const reader = await db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })
    const folder = { path: 'INBOX', role: 'inbox', uidValidity: 1n } as const
    const { lease, settingsVersion } = reader
    const reading = { lease: { mailboxId, lease }, settingsVersion, folder, mailbox: { id: mailboxId } } as Reading
    const past = (by: Partial<Reading>) => passOver(deps, { ...reading, ...by }, 7)
    await expect(past({ lease: { mailboxId, lease: lease - 1 } })).rejects.toBeInstanceOf(LostLease)
    await expect(past({ settingsVersion: settingsVersion + 1 })).rejects.toBeInstanceOf(LostLease)
    expect(await selectFolderPlace(deps.sql, { mailboxId, path: 'INBOX' })).toBeNull()
    await past({})
    expect(await selectFolderPlace(deps.sql, { mailboxId, path: 'INBOX' })).toMatchObject({ lastUid: 7 })
  })
})
