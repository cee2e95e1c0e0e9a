import { expect, it } from 'vitest'
import { OUR_SUBJECT } from '../../support/conversation/contacted-lead'
import { allWithContactedLead, READ_AT, UNTOUCHED } from '../../support/conversation/reading-stage'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'

const stage = allWithContactedLead()
const COPIES = 500
const ALIAS = 'sam.lee@nexa.example'
const COLLEAGUE = 'kim@nexa.example'

/** A message that one of our own addresses has written. */
const written = (
  n: number,
  { from, to, more = '', id = `<own${n}@nexa.example>` }: Record<string, string | undefined>,
) =>
  `From: ${from}\r\nTo: ${to}\r\nSubject: ${OUR_SUBJECT}\r\nDate: Mon, 14 Dec 2026 08:00:05 +0000\r\nMessage-ID: ${id}\r\n${more}\r\nHello ${n}\r\n`

it('of 500 own copies, from aliases and other mailboxes, in Sent and in Inbox, none stops as a reply of the lead; answers by hand stop', async () => {
  const { db } = stage.engine
  await db.mailbox.update({ where: { id: stage.ids.mailboxId }, data: { aliases: [ALIAS] } })
  const { id: _, ...like } = await db.mailbox.findFirstOrThrow()
  await db.mailbox.create({ data: { ...like, name: 'Kim', fromEmail: COLLEAGUE, aliases: [] } })
  const shapes = [
    // What the campaign sent, as the provider files it, under our id and under its own.
    (n: number) => ({ folder: 'sent', raw: written(n, { from: 'sam@nexa.example', to: OUR_LEAD, id: OUR_ID }) }),
    (n: number) => ({ folder: 'sent', raw: written(n, { from: ALIAS, to: OUR_LEAD }) }),
    // To a colleague, and to strangers, quoting our email.
    (n: number) => ({
      folder: 'sent',
      raw: written(n, { from: 'sam@nexa.example', to: `stranger${n}@elsewhere.example` }),
    }),
    (n: number) => ({ folder: 'inbox', raw: written(n, { from: COLLEAGUE, to: 'sam@nexa.example' }) }),
    (n: number) => ({ folder: 'inbox', raw: written(n, { from: ALIAS, to: 'sam@nexa.example' }) }),
  ] as const
  for (let n = 0; n < COPIES; n++) {
    const shape = shapes[n % shapes.length]
    const { folder, raw } = shape?.(n) ?? { folder: 'sent', raw: '' }
    stage.server.put(folder === 'inbox' ? 'inbox' : 'sent', raw, READ_AT)
  }
  await stage.read()
  expect(await stage.state()).toMatchObject(UNTOUCHED)
  expect(await db.receivedMessage.count({ where: { kind: { not: 'own' } } })).toBe(0)
  expect(
    await db.receivedMessage.count({ where: { details: { path: ['byHand'], equals: true }, leadId: { not: null } } }),
  ).toBe(0)
  const byHand = written(1_000, { from: COLLEAGUE, to: OUR_LEAD, more: `In-Reply-To: ${OUR_ID}\r\nX-Later: yes\r\n` })
  stage.server.put('sent', byHand.replace('08:00:05', '11:00:05').replace(OUR_SUBJECT, 'As promised'), READ_AT)
  await stage.read()
  expect(await stage.state()).toMatchObject({
    lead: 'contacted',
    later: ['skipped: answered_by_hand', 'skipped: answered_by_hand'],
  })
})
