import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLead } from '@/use-cases/leads/create-lead'
import { getLead } from '@/use-cases/leads/get-lead'
import { getReceivedMessage } from '@/use-cases/leads/get-received-message'
import { createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

async function received(leadId: string, message: { uid: bigint; receivedAt: Date; kind: string; text: string }) {
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  const { text, ...row } = message
  return engine.db.receivedMessage.create({
    data: {
      ...row,
      mailboxId: mailbox.id,
      leadId,
      folder: 'INBOX',
      uidValidity: 1n,
      contentHash: `hash-${row.uid}`,
      fromEmail: 'ada@nordwind.example',
      fromName: 'Ada Winter',
      subject: 'Re: Hello',
      newText: text,
      bodyText: `${text}\n> Hello`,
      bodyHtml: '<p>Yes</p>',
      attachments: [
        { filename: 'offer.pdf', type: 'application/pdf', bytes: 12 },
        { filename: null, type: 'image/png', bytes: 3 },
      ],
      effects: { skipped: 2, leadStatus: 'replied' },
      undo: { suppressed: ['ada@nordwind.example'] },
      matchedBy: 'sender',
      size: 400,
    },
  })
}

it('shows what came from a lead, the latest first, with the beginning of its new text and what it did', async () => {
  const { id } = await createLead(engine.deps, { email: 'ada@nordwind.example', by: 'u1' })
  const other = await createLead(engine.deps, { email: 'kim@nordwind.example', by: 'u1' })
  const away = { uid: 1n, receivedAt: new Date('2026-03-01T09:00:00Z'), kind: 'out_of_office', text: 'Away' }
  const reply = { uid: 2n, receivedAt: new Date('2026-03-02T09:00:00Z'), kind: 'human', text: `Yes${' '.repeat(700)}!` }
  await received(id, away)
  const { id: messageId } = await received(id, reply)
  await received(other.id, { ...reply, uid: 3n })
  await engine.db.lead.update({ where: { id }, data: { awayUntil: new Date('2026-03-12T08:00:00Z') } })

  const lead = await getLead(engine.deps, id)
  expect(lead.awayUntil).toEqual(new Date('2026-03-12T08:00:00Z'))
  expect(lead.messages.map(({ kind }) => kind)).toEqual(['human', 'out_of_office'])
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  expect(lead.messages[0]).toEqual({
    id: messageId,
    receivedAt: reply.receivedAt,
    fromEmail: 'ada@nordwind.example',
    fromName: 'Ada Winter',
    subject: 'Re: Hello',
    kind: 'human',
    excerpt: reply.text.slice(0, 600),
    isCut: true,
    effects: { skipped: 2, leadStatus: 'replied' },
    corrections: ['stop_request', 'nothing'],
    suppressed: ['ada@nordwind.example'],
    correctedFrom: null,
    mailbox: { fromEmail: mailbox.fromEmail, timezone: mailbox.timezone },
    textKeptDays: null,
  })
  expect(await getReceivedMessage(engine.deps, messageId)).toEqual({
    text: `${reply.text}\n> Hello`,
    html: '<p>Yes</p>',
    attachments: [
      { name: 'offer.pdf', size: 12 },
      { name: 'without a name', size: 3 },
    ],
    textKeptDays: null,
  })
})

it('refuses a message that is gone', async () => {
  const gone = refusal(getReceivedMessage(engine.deps, '00000000-0000-4000-8000-000000000000'))
  expect(await gone).toMatchObject({ code: 'not_found' })
})
