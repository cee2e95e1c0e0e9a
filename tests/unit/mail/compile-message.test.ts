import fc from 'fast-check'
import MailComposer from 'nodemailer/lib/mail-composer'
import { describe, expect, it } from 'vitest'
import type { ComposedEmail } from '@/domain/message/headers'
import { compileMessage } from '@/mail/compile-message'

const mail = (text: string, html: string | null, subject = 'A question'): ComposedEmail => ({
  from: { name: 'Ada Winter', address: 'ada@nexa.example' },
  to: { name: 'Bo Sommer', address: 'bo@customer.example' },
  subject,
  text,
  ...(html === null ? {} : { html }),
  messageId: '<0190@nexa.example>',
  date: new Date('2026-03-02T09:00:00Z'),
  headers: { 'List-Unsubscribe': '<https://nexa.example/u/1>' },
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** Without boundaries, which are random, and without soft line breaks, which nodemailer's stream sets where its pieces end. */
const comparable = (raw: Buffer) =>
  raw
    .toString('latin1')
    .replaceAll(/--_NmP-[0-9a-f-]+-Part_(\d+)/g, 'PART-$1')
    .replaceAll('=\r\n', '')

const theirs = (given: ComposedEmail) => new MailComposer(given).compile().build()

const pieces = fc.oneof(
  fc.constantFrom(
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    ' \n',
    '.',
    '\n.\n',
    '=',
    '=20',
    'Hallo Grüße',
    'こんにちは世界',
    '👋',
    '—',
    'x'.repeat(200),
  ),
  fc.string({ unit: 'grapheme', maxLength: 90 }),
  fc.string({ maxLength: 300 }),
)
const bodies = fc
  .array(pieces, { minLength: 1, maxLength: 25 })
  .map((parts) => parts.join(''))
  .filter((body) => body !== '')
const replies = fc.constantFrom<Partial<ComposedEmail>>(
  {},
  {
    replyTo: { name: '', address: 'desk@nexa.example' },
    inReplyTo: '<0189@nexa.example>',
    references: ['<0188@nexa.example>', '<0189@nexa.example>'],
  },
)

describe('compiling a message', () => {
  it("makes what nodemailer's own composer makes, whatever is written", async () => {
    await fc.assert(
      fc.asyncProperty(
        bodies,
        fc.option(bodies),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        replies,
        async (text, html, subject, reply) => {
          const given = { ...mail(text, html, subject.replaceAll(/[\r\n\0]/g, ' ')), ...reply }
          expect(comparable(compileMessage(given))).toBe(comparable(await theirs(given)))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('breaks encoded lines before they are too long, also where the text ends in white space', async () => {
    const given = mail(`${'Grüße '.repeat(30)}${' '.repeat(60)}\t`, null)
    const lines = compileMessage(given).toString('latin1').split('\r\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(76)
    expect(comparable(compileMessage(given))).toBe(comparable(await theirs(given)))
  })
})
