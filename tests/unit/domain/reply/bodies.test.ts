import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aboveQuote } from '@/domain/reply/above-quote'
import { replyBodies, typedOf } from '@/domain/reply/bodies'
import { recipientsOf, subjectOf } from '@/domain/reply/headlines'
import { forwardedOf, type QuotedMessage, quoteOf } from '@/domain/reply/quote'
import { readRecipients } from '@/domain/reply/recipients'
import { undoSecondsLeft } from '@/domain/reply/state'

const MESSAGE: QuotedMessage = {
  fromName: 'Ute Winter',
  fromEmail: 'ute@nordwind.example',
  toEmails: ['sam@nexa.example'],
  subject: 'Conveyor noise',
  sentAt: new Date('2026-12-14T13:12:31Z'),
  text: 'Yes please.\r\n> Hello Ute\r\n',
}
const PLAIN = { text: 'Tuesday suits us.', asHtml: false, signature: null, quote: null }

describe('the bodies of a reply', () => {
  it('are the text, the signature, and the message that is answered, in the zone of the mailbox', () => {
    const quote = quoteOf(MESSAGE, 'Asia/Kathmandu')
    expect(replyBodies({ ...PLAIN, text: 'Tuesday suits us.\r\n\r\n', signature: ' Sam\nNexa ', quote })).toEqual({
      text: 'Tuesday suits us.\n\nSam\nNexa\n\nOn Mon, 14 Dec 2026, 18:57 GMT+5:45, Ute Winter <ute@nordwind.example> wrote:\n> Yes please.\n>> Hello Ute\n',
      html: null,
    })
  })

  it('of a forwarded message say who had written it, to whom and when', () => {
    const { text } = replyBodies({ ...PLAIN, quote: forwardedOf(MESSAGE, 'UTC') })
    expect(text).toBe(
      'Tuesday suits us.\n\n---------- Forwarded message\nFrom: Ute Winter <ute@nordwind.example>\nDate: Mon, 14 Dec 2026, 13:12 UTC\nSubject: Conveyor noise\nTo: sam@nexa.example\n\nYes please.\n> Hello Ute\n',
    )
  })

  it('as simple HTML hold nothing of the text as markup, and links that can be clicked', () => {
    const quote = quoteOf({ ...MESSAGE, text: '<img src=x onerror=alert(1)>', sentAt: null }, 'UTC')
    const { html } = replyBodies({
      ...PLAIN,
      asHtml: true,
      text: 'See https://nexa.example/a?b=1&c=2. <script>x</script>\nNow',
      quote,
    })
    expect(html).toBe(
      [
        '<p>See <a href="https://nexa.example/a?b=1&amp;c=2">https://nexa.example/a?b=1&amp;c=2</a>. &lt;script&gt;x&lt;/script&gt;<br>Now</p>',
        '<p>Ute Winter &lt;ute@nordwind.example&gt; wrote:</p>',
        '<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">&lt;img src=x onerror=alert(1)&gt;</blockquote>',
        '',
      ].join('\n'),
    )
  })
})

describe('what stands above the quote of a reply', () => {
  it.each([quoteOf(MESSAGE, 'UTC'), forwardedOf(MESSAGE, 'UTC'), null])(
    'is the text with the signature, whatever was quoted in it: %#',
    (quote) => {
      const text = 'See:\n\nUte wrote:\n> Yes please.\n\nTuesday suits us.'
      const body = replyBodies({ ...PLAIN, text, signature: 'Sam', quote }).text
      expect(aboveQuote(body)).toBe(`${text}\n\nSam`)
    },
  )
})

describe('what was typed in a reply', () => {
  const QUOTE = quoteOf(MESSAGE, 'UTC')
  const typed = fc
    .string({ unit: fc.constantFrom('a', ' ', '\n', '>', '\r\n', 'Sam') })
    .filter((text) => text.trim() !== '')
  const below = { signature: fc.constantFrom(null, '', ' Sam\nNexa '), quote: fc.constantFrom(null, QUOTE) }

  it('is found again above the signature and the message, whatever it was', () => {
    fc.assert(
      fc.property(typed, fc.record(below), fc.boolean(), (text, { signature, quote }, asHtml) => {
        const found = typedOf(replyBodies({ text, asHtml, signature, quote }), { signature, quote: QUOTE })
        expect(found).toEqual({ text: text.replace(/\r\n?/g, '\n').trimEnd(), quote: quote !== null, asHtml })
      }),
    )
  })

  it('is the same email when it is sent again, also where it ends as what stands below would', () => {
    const text = 'Tuesday suits us.\n\nSam\nNexa'
    for (const signature of [null, 'Sam\nNexa'])
      for (const quote of [null, QUOTE]) {
        const bodies = replyBodies({ text, asHtml: false, signature, quote })
        const found = typedOf(bodies, { signature, quote: QUOTE })
        expect(replyBodies({ ...found, signature, quote: found.quote ? QUOTE : null })).toEqual(bodies)
      }
  })

  it('keeps a signature that was another one then', () => {
    const bodies = replyBodies({ ...PLAIN, signature: 'Sam\nNexa', quote: QUOTE })
    expect(typedOf(bodies, { signature: 'Kim\nNexa', quote: QUOTE })).toEqual({
      ...{ text: 'Tuesday suits us.\n\nSam\nNexa', quote: true, asHtml: false },
    })
  })
})

it.each([
  [10_000, 1, 10],
  [9_001, 1, 10],
  [9_000, 1, 9],
  [1, 1, 1],
  [0, 1, 0],
  [-5_000, 1, 0],
  [86_400_000, 1, 10],
  [240_000, 60, 4],
])('a reply that is due in %i ms at speed %i can be taken back for %i s yet', (ms, speed, seconds) => {
  const now = new Date('2026-12-14T13:12:31Z')
  expect(undoSecondsLeft(new Date(now.getTime() + ms), now, speed)).toBe(seconds)
})

describe('what a reply begins with', () => {
  it('is the subject of the conversation with one mark, whatever stood there', () => {
    expect(subjectOf('answer', 'AW: Re: Conveyor noise')).toBe('Re: Conveyor noise')
    expect(subjectOf('forward', 'Re: Conveyor\r\nnoise')).toBe('Fwd: Conveyor noise')
  })

  it('is whoever wrote; of a message of our own those whom it went to; of a forwarded one nobody', () => {
    const message = { fromEmail: 'ute@nordwind.example', toEmails: ['sam@nexa.example'], isOurs: false }
    expect(recipientsOf('answer', message)).toEqual(['ute@nordwind.example'])
    expect(recipientsOf('answer', { ...message, isOurs: true })).toEqual(['sam@nexa.example'])
    expect(recipientsOf('answer', { ...message, fromEmail: '' })).toEqual([])
    expect(recipientsOf('forward', message)).toEqual([])
  })
})

describe('the recipients of a reply', () => {
  it('are read in stored spelling, each once, also where To and Cc name them both', () => {
    expect(
      readRecipients(['Ute@Nordwind.example', 'kim@x.example'], ['UTE@nordwind.example', 'lee@x.example']),
    ).toEqual({
      ok: true,
      to: ['ute@nordwind.example', 'kim@x.example'],
      cc: ['lee@x.example'],
    })
  })

  it.each([
    [[], [], 'to'],
    [['nobody'], [], 'to'],
    [['ute@x.example'], ['a@x.example, b@x.example'], 'cc'],
    [['ute@x.example\r\nBcc: eve@x.example'], [], 'to'],
    [Array.from({ length: 21 }, (_, n) => `a${n}@x.example`), [], 'to'],
  ])('%j and %j are refused, and the field is named', (to, cc, field) => {
    expect(readRecipients(to, cc)).toMatchObject({ ok: false, field })
  })
})
