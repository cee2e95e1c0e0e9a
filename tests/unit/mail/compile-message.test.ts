import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ComposedEmail } from '@/domain/message/headers'
import { compileMessage } from '@/mail/compile-message'
import { comparable, composedByNodemailer, readByPostalMime, withNamedParts } from '../../support/messages/comparable'
import { messages } from '../../support/messages/random-messages'

// More of them on purpose: MESSAGES=50000, with another PROPERTY_SEED.
const MESSAGES = Number(process.env.MESSAGES ?? 2_000)

const mail = (text: string, html: string | null = null): ComposedEmail => ({
  from: { name: 'Ada Winter', address: 'ada@nexa.example' },
  to: { name: 'Bo Sommer', address: 'bo@customer.example' },
  subject: 'A question',
  text,
  ...(html === null ? {} : { html }),
  messageId: '<0190@nexa.example>',
  date: new Date('2026-03-02T09:00:00Z'),
  headers: { 'List-Unsubscribe': '<https://nexa.example/u/1>' },
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** Longest line of the parts that are encoded. */
function longestEncoded(raw: Buffer): number {
  const parts = withNamedParts(raw).split('Content-Transfer-Encoding: ').slice(1)
  const bodies = parts
    .filter((part) => !part.startsWith('7bit'))
    .map((part) => part.slice(part.indexOf('\r\n\r\n') + 4))
  return Math.max(0, ...bodies.flatMap((body) => body.split('\n').map((line) => line.replace(/\r$/, '').length)))
}

describe('compiling a message', () => {
  it(
    "makes what nodemailer's own composer makes, whatever is written, and a mail program reads the same",
    async () => {
      await fc.assert(
        fc.asyncProperty(messages, async (given) => {
          const [own, other] = [compileMessage(given), await composedByNodemailer(given)]
          expect(comparable(own)).toBe(comparable(other))
          expect(await readByPostalMime(own)).toEqual(await readByPostalMime(other))
          expect(longestEncoded(own)).toBeLessThanOrEqual(76)
        }),
        { numRuns: MESSAGES },
      )
    },
    180_000 + 10 * MESSAGES,
  )

  it('breaks encoded lines before they are too long, also where the text ends in white space', async () => {
    const given = mail(`${'Grüße '.repeat(30)}${' '.repeat(60)}\t`)
    expect(longestEncoded(compileMessage(given))).toBeLessThanOrEqual(76)
    expect(comparable(compileMessage(given))).toBe(comparable(await composedByNodemailer(given)))
  })

  it('breaks no character, and no line where a blank is near', () => {
    const raw = compileMessage(
      mail(`${'long words '.repeat(20)}\n${'é👋'.repeat(40)}`, `<p>${'漢字 and Latin '.repeat(20)}`),
    )
    const broken = withNamedParts(raw)
      .split('\r\n')
      .filter((line) => line.endsWith('='))
      .map((line) => line.slice(0, -1))
    expect(broken.length).toBeGreaterThan(10)
    for (const line of broken) {
      const bytes = Buffer.from(
        line.replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      )
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(bytes)).not.toThrow()
    }
    expect(broken.slice(0, 2).every((line) => line.endsWith(' '))).toBe(true)
  })
})
