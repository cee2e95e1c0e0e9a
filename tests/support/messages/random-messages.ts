import fc from 'fast-check'
import type { ComposedEmail, FurtherHeaders, Person } from '@/domain/message/headers'

// What could end a header, begin another, or be taken for one that is encoded.
const HOSTILE = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\t',
  '\x0b',
  '\x7f',
  '\r\nBcc: x@evil.example',
  '\n\nbody',
  'Bcc: x@evil.example',
  '<x@evil.example>',
  ', x@evil.example',
  ';',
  ':',
  '"',
  '\\',
  '(c)',
  '=?utf-8?q?=0d=0aBcc:_x?=',
  '=?utf-8?Q?a b?=',
  '=?',
  '?=',
  '=20',
  '\u2028',
  '\ud800',
]
const WORDS = [
  'Hello',
  'Grüße',
  'İstanbul İş',
  'こんにちは世界',
  'שלום עולם',
  '\u202eمرحبا بالعالم\u202c',
  'e\u0301',
  '👋🏽',
  '—',
  '𝒳',
  '  ',
  ' ',
  'a-long-word-of-letters-'.repeat(5),
  '漢'.repeat(60),
  'words of a subject that is folded '.repeat(4),
]

const joined = (pieces: fc.Arbitrary<string>, most: number) =>
  fc.array(pieces, { maxLength: most }).map((found) => found.join(''))
const ordinary = fc.oneof(
  fc.constantFrom('A question for Company 7', 'Ada Winter', 'Re: Your deliveries', 'Jörg Müller'),
  joined(fc.constantFrom(...WORDS), 4),
  fc.string({ unit: 'grapheme-ascii', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)
const hostile = fc.oneof(
  joined(fc.constantFrom(...WORDS, ...HOSTILE), 8),
  fc.string({ unit: 'binary', maxLength: 120 }),
)
/** A value of a header: fit to be one, or meant to break out of it. */
const value = fc.oneof({ weight: 2, arbitrary: ordinary }, { weight: 1, arbitrary: hostile })

const LOCALS = ['ada', 'a.b+c', "o'neil", 'jörg', 'ада', 'a..b', 'a b', '"a b"', 'a@b', 'x'.repeat(64)]
const DOMAINS = [
  'nexa.example',
  'NEXA.Example',
  'bücher.example',
  'xn--bcher-kva.example',
  'xn--nope-.example',
  'a--b.example',
  'ab--c.example',
  '-a.example',
  'a_b.example',
  '1.2.3.4',
  'a.1',
  'nexa.example.',
  '[127.0.0.1]',
  'localhost',
  `${'a'.repeat(70)}.example`,
  'a b.example',
  'ﬁ.example',
  'straße.example',
]
const address = fc.oneof(
  { weight: 4, arbitrary: fc.nat(5_000).map((n) => `lead${n}@company${n}.example`) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...LOCALS), fc.constantFrom(...DOMAINS)).map((parts) => parts.join('@')),
  },
  { weight: 1, arbitrary: hostile.map((text) => `x${text}@nexa.example`) },
)
const person: fc.Arbitrary<Person> = fc.record({ name: fc.oneof(fc.constant(''), value), address })
const id = fc.oneof(
  { weight: 4, arbitrary: fc.uuid().map((uuid) => `<${uuid}@nexa.example>`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<a@bücher.example>', 'bare@nexa.example', '<a b@nexa.example>', '<a@b> <c@d>'),
  },
  { weight: 1, arbitrary: hostile.map((text) => `<x${text}@nexa.example>`) },
)
const headers: fc.Arbitrary<FurtherHeaders> = fc.record(
  {
    'List-Unsubscribe': fc.oneof(
      fc.uuid().map((uuid) => `<https://nexa.example/api/unsubscribe/${uuid}>`),
      value,
    ),
    'List-Unsubscribe-Post': fc.constant('List-Unsubscribe=One-Click'),
    'Thread-Index': value,
    'Auto-Submitted': fc.constant('auto-replied'),
    'X-Auto-Response-Suppress': fc.constant('All'),
  },
  { requiredKeys: [] },
)

const LINES = [
  '\n',
  '\r\n',
  '\r',
  ' \n',
  '\t\r\n',
  '.',
  '\n.\n',
  '\r\n..\r\n',
  '\nFrom here',
  '=\r\n',
  '\n\n\n',
  '1234567890'.repeat(9),
]
const SIZED = ['a word and ', 'Grüße und ', '漢字かな', 'x', '<p>&amp;=3D</p>\r\n', '0', 'é', '\u202eשלום ', '👋']
/** Of up to 200 kB, with lines of any length. */
const long = fc
  .tuple(fc.constantFrom(...SIZED), fc.integer({ min: 1, max: 200_000 }), fc.constantFrom('', ' ', '\n', '\r', '.'))
  .map(([piece, size, end]) => `${piece.repeat(Math.ceil(size / Buffer.byteLength(piece)))}${end}`)
const body = fc
  .oneof(
    { weight: 60, arbitrary: joined(fc.oneof(fc.constantFrom(...WORDS, ...HOSTILE, ...LINES), ordinary), 25) },
    { weight: 20, arbitrary: joined(fc.oneof(fc.constantFrom(...WORDS, ...LINES), fc.string({ maxLength: 300 })), 12) },
    { weight: 1, arbitrary: long },
  )
  .filter((text) => text !== '')

/** Messages as anything here may send them, and such as nothing may, with whatever a value may hold. */
export const messages: fc.Arbitrary<ComposedEmail> = fc
  .record(
    {
      from: person,
      to: fc.oneof(person, fc.array(person, { minLength: 1, maxLength: 4 })),
      cc: fc.array(person, { minLength: 1, maxLength: 4 }),
      replyTo: person,
      subject: value,
      text: body,
      html: body,
      messageId: id,
      inReplyTo: id,
      references: fc.array(id, { minLength: 1, maxLength: 21 }),
      date: fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
      headers,
    },
    { requiredKeys: ['from', 'to', 'subject', 'text', 'messageId', 'date', 'headers'] },
  )
  .map((mail) => ({ ...mail, disableFileAccess: true, disableUrlAccess: true }))

/** Messages that a server takes: one recipient at a plain address, and nothing that a server would alter on the way. */
export const sendable: fc.Arbitrary<ComposedEmail> = messages.map((mail) => ({
  ...mail,
  from: { ...mail.from, address: 'ada@nexa.example' },
  to: { name: 'Bo', address: 'bo@customer.example' },
}))
