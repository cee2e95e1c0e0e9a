import { describe, expect, it } from 'vitest'
import { selectSenderVersion } from '@/db/queries/delivery/content-version'
import { ensureDays } from '@/db/queries/delivery/mark-sending'
import { markReplySending } from '@/db/queries/replies/mark-reply-sending'
import { type RecordReply, recordReplyIf } from '@/db/queries/replies/record-reply'
import { withSendingBlocked } from '@/db/send-gate'
import { beginTransaction, execute } from '@/db/sql'
import type { DomainError } from '@/domain/errors'
import { addressHash } from '@/lib/encryption'
import { sendMailbox, sendReplies } from '@/use-cases/delivery/send-mailbox'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { deleteMailbox } from '@/use-cases/mailboxes/delete-mailbox'
import { undoReply } from '@/use-cases/replies/undo-reply'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { OUR_LEAD } from '../../support/conversation/received'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { BY } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

const stage = allWithAnsweredEmail('human-interested.gmail.en')
const DAY = '2026-12-18'
const RESULT: Omit<RecordReply, 'id' | 'fencingToken'> = {
  status: 'failed',
  ...{ reason: '550 No', dueAt: null, attemptUsed: true, taken: [], refused: [OUR_LEAD] },
  ...{ response: null, bounces: 0, providerMessageId: null },
}

/** Marks a reply as a job does that has looked at it a moment ago. */
async function claim(id: string, over: { version?: string; mailboxId?: string } = {}) {
  const { engine, ids } = stage
  const { sql, config } = engine.deps
  const version = over.version ?? (await selectSenderVersion(sql, ids.mailboxId))?.version ?? ''
  await ensureDays(sql, { mailboxId: ids.mailboxId, mailboxDay: DAY, campaignDays: [] })
  return markReplySending(sql, {
    ...{
      id,
      mailboxId: over.mailboxId ?? ids.mailboxId,
      mailboxDay: DAY,
      senderVersion: version,
      now: engine.clock.now(),
    },
    recipients: [{ email: OUR_LEAD, hash: addressHash(config.consentKey, OUR_LEAD) }],
    leaseUntil: new Date(Date.now() + 60_000),
  })
}

async function writeDue(confirmed: string[] = []) {
  const { id } = await stage.write({ confirmed })
  stage.engine.clock.advance(11_000)
  return id
}

describe('the claim of a reply', () => {
  it('succeeds once, reserves a place of the day, and counts', async () => {
    const id = await writeDue()
    expect(await claim(id)).toEqual({ claim: 1 })
    expect(await claim(id)).toBeNull()
    expect(await stage.reservedToday()).toBe(1)
  })

  it('is refused before its time, once taken back, and from another mailbox', async () => {
    const { engine } = stage
    const early = await stage.write()
    expect(await claim(early.id)).toBeNull()
    const id = await writeDue()
    expect(await claim(id, { mailboxId: early.id })).toBeNull()
    await undoReply(engine.deps, { id, by: BY })
    expect(await claim(id)).toBeNull()
    expect(await stage.reservedToday()).toBe(0)
  })

  it('is refused where a recipient was suppressed since the job has looked, by address or domain, unless that was confirmed', async () => {
    const { engine } = stage
    const plain = await writeDue()
    await addSuppression(engine.deps, { value: OUR_LEAD, by: null })
    expect(await claim(plain)).toBeNull()
    // The address alone is known by its hash once the person was erased.
    await engine.db.suppression.updateMany({ data: { value: null } })
    expect(await claim(plain)).toBeNull()
    const confirmed = await writeDue([OUR_LEAD])
    expect(await claim(confirmed)).toEqual({ claim: 1 })
    await engine.db.suppression.deleteMany()
    await addSuppression(engine.deps, { value: 'nordwind.example', by: null })
    expect(await claim(plain)).toBeNull()
    await engine.db.suppression.deleteMany()
    expect(await claim(plain)).toEqual({ claim: 1 })
  })

  it('is refused where the mailbox or the settings were saved since, and where the daily limit is used up', async () => {
    const { engine } = stage
    const id = await writeDue()
    expect(await claim(id, { version: 'older' })).toBeNull()
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 3 } })
    await engine.db.mailboxDay.updateMany({ data: { reserved: 3 } })
    expect(await claim(id)).toBeNull()
    await engine.db.mailboxDay.updateMany({ data: { reserved: 2 } })
    expect(await claim(id)).toEqual({ claim: 1 })
    expect(await stage.reservedToday()).toBe(3)
  })

  it('is not taken back: neither on its way nor in doubt', async () => {
    const { engine } = stage
    const id = await writeDue()
    await claim(id)
    const undo = () => undoReply(engine.deps, { id, by: BY })
    await expect(undo()).rejects.toMatchObject({ code: 'conflict' })
    await recordReplyIf(engine.deps.sql, { ...RESULT, status: 'held', id, fencingToken: 1 }, null, engine.clock.now())
    await expect(undo()).rejects.toMatchObject({ code: 'conflict' })
    expect((await stage.reply(id)).status).toBe('held')
  })

  it('gives back what was typed also where the message that it answers is deleted meanwhile', async () => {
    const { engine, ids } = stage
    const { id } = await stage.write()
    const deleting = await beginTransaction(engine.deps.sql)
    await execute(deleting.tx)`LOCK TABLE received_messages IN ACCESS EXCLUSIVE MODE`
    const undone = undoReply(engine.deps, { id, by: BY })
    await untilBlocked(engine.deps.sql, undone)
    expect((await stage.reply(id)).status).toBe('cancelled')
    await execute(deleting.tx)`DELETE FROM received_messages WHERE id = ${ids.messageId}::uuid`
    await deleting.commit()
    expect(await undone).toMatchObject({
      ...{ id, messageId: null, quote: false, to: [OUR_LEAD] },
      text: expect.stringMatching(/^Tuesday at ten suits us\./),
    })
  })

  it('and its being taken back never both succeed', async () => {
    const { engine, ids } = stage
    const written = await Promise.all(Array.from({ length: 12 }, (_, n) => stage.write({ text: `Number ${n}` })))
    engine.clock.advance(11_000)
    const job = sendReplies(engine.deps, ids)
    const undone = await Promise.all(
      written.map(({ id }) =>
        undoReply(engine.deps, { id, by: BY }).then(
          () => true,
          (error: DomainError) => error.code !== 'conflict',
        ),
      ),
    )
    await job
    const sent = new Set(engine.sink.received.map(({ messageId }) => messageId))
    for (const [n, { id }] of written.entries()) {
      expect((await stage.reply(id)).status).toBe(undone[n] ? 'cancelled' : 'sent')
      expect(sent.has(`<${id}@nexa.example>`)).toBe(!undone[n])
    }
  })

  it('begins nothing after a suppression has committed', async () => {
    const { engine, ids } = stage
    const began: number[] = []
    engine.sink.onMailFrom = () => began.push(performance.now())
    await Promise.all(Array.from({ length: 8 }, (_, n) => stage.write({ text: `Number ${n}` })))
    engine.clock.advance(11_000)
    const job = sendReplies(engine.deps, ids)
    await addSuppression(engine.deps, { value: OUR_LEAD, by: null })
    const committedAt = performance.now()
    await job
    engine.sink.onMailFrom = () => undefined
    expect(began.filter((at) => at > committedAt)).toEqual([])
    const states = await engine.db.reply.groupBy({ by: ['status'], _count: true, orderBy: { status: 'asc' } })
    expect(states.reduce((sum, { _count }) => sum + _count, 0)).toBe(8)
    expect(states.every(({ status }) => status === 'sent' || status === 'failed')).toBe(true)
  })
})

describe('the result of a reply', () => {
  it('of an older claim changes nothing', async () => {
    const { engine } = stage
    const id = await writeDue()
    await claim(id)
    await engine.db.reply.updateMany({ where: { id }, data: { status: 'pending', leaseUntil: null } })
    expect(await claim(id)).toEqual({ claim: 2 })
    const late = await recordReplyIf(engine.deps.sql, { ...RESULT, id, fencingToken: 1 }, null, engine.clock.now())
    expect(late).toBeNull()
    expect((await stage.reply(id)).status).toBe('sending')
  })

  it('gives its place of the day back where it did not leave, and keeps it where it is in doubt', async () => {
    const { engine, ids } = stage
    const day = { mailboxId: ids.mailboxId, mailboxDay: DAY, campaignDays: [] }
    const [failed, held] = [await writeDue(), await writeDue()]
    for (const id of [failed, held]) await claim(id)
    const now = engine.clock.now()
    await recordReplyIf(engine.deps.sql, { ...RESULT, id: failed, fencingToken: 1 }, day, now)
    await recordReplyIf(engine.deps.sql, { ...RESULT, status: 'held', id: held, fencingToken: 1 }, day, now)
    expect(await stage.reservedToday()).toBe(1)
  })
})

describe('the last place of a day', () => {
  it('is waited for while a reply that is on its way may give it back', async () => {
    const { engine, ids } = stage
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 1 } })
    const [first, second] = [await writeDue(), await writeDue()]
    expect(await claim(first)).toEqual({ claim: 1 })
    await sendMailbox(engine.deps, ids)
    expect(await stage.reply(second)).toMatchObject({ status: 'pending', reason: null, claim: 0 })
    const day = { mailboxId: ids.mailboxId, mailboxDay: DAY, campaignDays: [] }
    await recordReplyIf(engine.deps.sql, { ...RESULT, id: first, fencingToken: 1 }, day, engine.clock.now())
    await sendMailbox(engine.deps, ids)
    expect((await stage.reply(second)).status).toBe('sent')
  })
})

describe('what a reply on its way belongs to', () => {
  it('is not deleted: neither its mailbox nor, while it is being sent, its lead', async () => {
    const { engine, ids } = stage
    await engine.db.campaign.deleteMany()
    const id = await writeDue()
    await expect(deleteMailbox(engine.deps, ids)).rejects.toMatchObject({ code: 'in_use' })
    await claim(id)
    await expect(deleteLeads(engine.deps, { ids: [ids.leadId], by: null })).rejects.toMatchObject({ code: 'in_use' })
    await expect(deleteMailbox(engine.deps, ids)).rejects.toMatchObject({ code: 'in_use' })
    expect(await engine.db.reply.count()).toBe(1)
    const now = engine.clock.now()
    await withSendingBlocked(engine.deps.sql, (tx) => recordReplyIf(tx, { ...RESULT, id, fencingToken: 1 }, null, now))
    await deleteLeads(engine.deps, { ids: [ids.leadId], by: null })
    expect(await engine.db.reply.count()).toBe(0)
  })
})
