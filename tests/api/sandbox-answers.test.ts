import { describe, expect, it } from 'vitest'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { readAnswers } from '@/use-cases/sandbox/open-mailbox'
import { allWithSandbox } from '../support/conversation/sandbox-stage'

const stage = allWithSandbox()

const REPLY = { kind: 'reply' as const, text: 'Thank you, that sounds interesting.' }
const SKIPPED = (reason: string) => ['sent', `skipped: ${reason}`, `skipped: ${reason}`]
const UNTOUCHED = ['sent', 'pending', 'pending']

describe('an answer that is given in the sandbox', () => {
  it('as the lead: it has replied, its later emails are skipped for that, the history says so, and the ledger balances', async () => {
    const { id, toEmail } = await stage.answer(REPLY)
    expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'replied', emails: SKIPPED('lead_replied') })
    expect(await stage.events()).toEqual(['A lead replied: 2 emails skipped'])
    const { ledger } = await stage.api.campaigns.progress({ campaignId: stage.ids.campaignId })
    expect(ledger).toMatchObject({ planned: 6, sent: 2, skipped: 2, pending: 2, sending: 0, held: 0, failed: 0 })
    expect(await stage.api.sandbox.answers({ id })).toMatchObject({
      lead: { email: toEmail, name: expect.stringContaining('Ada') },
      refused: null,
      rows: [{ kind: 'reply', read: { kind: 'human', effects: { leadStatus: 'replied', skipped: 2 } } }],
    })
  })

  it('is stored as a reply of the lead to that very email, without what it quotes', async () => {
    const { toEmail } = await stage.answer(REPLY)
    const lead = await stage.engine.db.lead.findUniqueOrThrow({ where: { email: toEmail } })
    const { messages } = await stage.api.leads.get({ id: lead.id })
    expect(messages).toMatchObject([
      { kind: 'human', fromEmail: toEmail, fromName: lead.contactName, excerpt: REPLY.text },
    ])
    const stored = await stage.engine.db.receivedMessage.findFirstOrThrow({ include: { scheduledEmail: true } })
    expect(stored).toMatchObject({ matchedBy: 'in_reply_to', mailboxId: stage.ids.mailboxId })
    expect(stored.scheduledEmail).toMatchObject({ leadId: lead.id, workflowStepNumber: 1 })
    expect(stored.subject).toMatch(/^Re: Step 1 for Company/)
    expect(stored.bodyText).toContain('Hello Ada')
  })

  it('out of office until a day: the planned emails wait for the day after it with their gap, and it is no reply', async () => {
    const { toEmail } = await stage.answer({ kind: 'out_of_office', until: '2026-03-16' })
    const lead = await stage.leadAt(toEmail)
    expect(lead).toMatchObject({ status: 'contacted', away: '2026-03-17T00:00:00.000Z', emails: UNTOUCHED })
    expect(lead.due.slice(1)).toEqual(['2026-03-17T00:00:00.000Z', '2026-03-18T00:00:00.000Z'])
    expect(await stage.events()).toEqual(['A lead is out of office: 2 emails put off until the return'])
  })

  it('out of office without a day: the planned emails wait as many days as the settings say', async () => {
    const { toEmail } = await stage.answer({ kind: 'out_of_office', until: null })
    expect(await stage.leadAt(toEmail)).toMatchObject({ away: '2026-03-09T09:00:00.000Z', emails: UNTOUCHED })
  })

  it('a wish to be removed: the address is on the suppression list, and nothing further is planned', async () => {
    const { toEmail } = await stage.answer({ kind: 'stop_request' })
    expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'unsubscribed', emails: SKIPPED('lead_unsubscribed') })
    expect((await stage.api.suppression.list({})).entries).toMatchObject([{ value: toEmail, reason: 'unsubscribed' }])
    expect(await stage.events()).toEqual(['A lead asked to be removed: 2 emails skipped'])
  })

  it('a bounce: the lead has bounced, its address is suppressed, and the mailbox counts it', async () => {
    const { toEmail } = await stage.answer({ kind: 'bounce' })
    expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'bounced', emails: SKIPPED('lead_bounced') })
    expect((await stage.api.suppression.list({})).entries).toMatchObject([{ value: toEmail, reason: 'bounced' }])
    expect(await stage.engine.db.mailboxHour.findFirst({ where: { bounces: { gt: 0 } } })).toMatchObject({ bounces: 1 })
    expect(await stage.events()).toEqual(['An email bounced: 2 emails skipped'])
  })

  it('changes nothing for the other lead, who gets the next email on its day', async () => {
    await stage.answer(REPLY)
    const [, other] = await stage.emails()
    expect(await stage.leadAt(other?.toEmail ?? '')).toMatchObject({ status: 'contacted', emails: UNTOUCHED })
    stage.engine.clock.advanceDays(1)
    await sendMailbox(stage.engine.deps, { mailboxId: stage.ids.mailboxId })
    expect(await stage.leadAt(other?.toEmail ?? '')).toMatchObject({ emails: ['sent', 'sent', 'pending'] })
    expect((await stage.api.sandbox.list({})).total).toBe(3)
  })

  it('that arrives while the mailbox is being read is read as well', async () => {
    const [first, second] = await stage.emails()
    await stage.api.sandbox.answer({ id: first?.id ?? '', answer: REPLY })
    const { deps } = stage.engine
    // Called once all that was there is read, and before the reading ends.
    let given = false
    const enqueueTick = async () => {
      if (given) return
      given = true
      await stage.api.sandbox.answer({ id: second?.id ?? '', answer: { kind: 'stop_request' } })
    }
    const queue = { ...deps.queue, enqueueTick }
    expect(await readAnswers({ ...deps, queue }, { mailboxId: stage.ids.mailboxId })).toMatchObject({ messages: 2 })
    expect(await stage.leadAt(second?.toEmail ?? '')).toMatchObject({ status: 'unsubscribed' })
  })

  it('read twice, or from the first one on, does nothing again', async () => {
    const { toEmail } = await stage.answer(REPLY)
    const { db, deps } = stage.engine
    await db.mailboxFolder.deleteMany()
    await db.mailboxReader.updateMany({ data: { nextReadAt: null } })
    expect(await readAnswers(deps, { mailboxId: stage.ids.mailboxId })).toEqual({ messages: 0 })
    expect(await db.receivedMessage.count({ where: { fromEmail: toEmail } })).toBe(1)
    expect(await stage.events()).toHaveLength(1)
  })

  it('goes with its email when the lead is erased', async () => {
    const { toEmail } = await stage.answer(REPLY)
    const { id } = await stage.engine.db.lead.findUniqueOrThrow({ where: { email: toEmail } })
    await stage.engine.db.scheduledEmail.updateMany({
      where: { leadId: id, status: 'pending' },
      data: { status: 'cancelled' },
    })
    await stage.api.leads.delete({ ids: [id] })
    expect(await stage.engine.db.sandboxAnswer.count()).toBe(0)
  })
})

describe('where nobody can answer', () => {
  it('real emails leave: it is refused, nothing is stored, and reading leaves the mailbox alone', async () => {
    const { db, deps } = stage.engine
    const { id } = await stage.answer({ kind: 'out_of_office', until: null })
    deps.config.sandbox = false
    const refused = 'Emails go to real people here: nobody answers in their place.'
    await expect(stage.api.sandbox.answer({ id, answer: REPLY })).rejects.toMatchObject({
      message: `${refused} Nothing was changed.`,
    })
    expect(await stage.api.sandbox.answers({ id })).toMatchObject({ lead: null, refused })
    expect(await db.sandboxAnswer.count()).toBe(1)
    await readAnswers(deps, { mailboxId: stage.ids.mailboxId })
    expect(await db.mailboxReader.count()).toBe(0)
  })

  it('an email that belongs to no campaign is not answered', async () => {
    const raw = Buffer.from('Message-ID: <test@nexa.example>\r\nSubject: A test\r\n\r\nHello\r\n')
    const row = { messageId: '<test@nexa.example>', fromEmail: 'a@nexa.example', toEmail: 'b@nexa.example' }
    const { id } = await stage.engine.db.sandboxMessage.create({
      data: { ...row, subject: 'A test', raw, receivedAt: stage.engine.clock.now() },
    })
    await expect(stage.api.sandbox.answer({ id, answer: REPLY })).rejects.toMatchObject({
      message: expect.stringMatching(/belongs to no campaign.*Nothing was changed\.$/),
    })
    expect(await stage.engine.db.mailboxReader.count()).toBe(0)
  })

  it('a mailbox with a server of its own, or one that is read elsewhere, keeps its answers', async () => {
    const { db } = stage.engine
    const [email] = await stage.emails()
    const id = email?.id ?? ''
    const { mailboxId } = stage.ids
    await db.mailboxReader.create({ data: { mailboxId, imapHost: 'imap.nexa.example', imapPort: 993 } })
    expect(await stage.api.sandbox.answers({ id })).toMatchObject({
      refused: expect.stringContaining('imap.nexa.example'),
    })
    await expect(stage.api.sandbox.answer({ id, answer: REPLY })).rejects.toMatchObject({
      message: expect.stringContaining('not here'),
    })
    await db.mailboxReader.deleteMany()
    await db.mailbox.update({ where: { id: mailboxId }, data: { kind: 'smtp', smtpHost: '127.0.0.1' } })
    expect(await stage.api.sandbox.answers({ id })).toMatchObject({ lead: null })
    await db.mailbox.update({ where: { id: mailboxId }, data: { kind: 'environment' } })
    expect(await db.sandboxAnswer.count()).toBe(0)
  })
})
