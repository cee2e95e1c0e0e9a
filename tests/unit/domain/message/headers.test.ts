import { describe, expect, it } from 'vitest'
import {
  buildCampaignEmail,
  type CampaignEmailFacts,
  displayName,
  isSingleAddress,
  messageIdFor,
} from '@/domain/message/headers'
import { facts, wire } from './mail-on-the-wire'

describe('buildCampaignEmail', () => {
  it('makes a first email with one-click unsubscribe and nothing that leaks', async () => {
    expect(await wire(buildCampaignEmail(facts))).toEqual([
      ['list-unsubscribe', `<${facts.unsubscribeUrl}>`],
      ['list-unsubscribe-post', 'List-Unsubscribe=One-Click'],
      ['from', 'Sam Porter <sam@example.com>'],
      ['to', 'Ada Winter <ada@nordwind.example>'],
      ['subject', 'Hello Ada'],
      ['message-id', '<0199-1@example.com>'],
      ['date', 'Mon, 02 Mar 2026 09:00:00 +0000'],
      ['content-transfer-encoding', '7bit'],
      ['mime-version', '1.0'],
      ['content-type', 'text/plain; charset=utf-8'],
    ])
  })

  it('replies in the thread its first email began', async () => {
    const thread = { subject: 'RE: re: First words', messageIds: ['<1@example.com>', '<2@example.com>'] }
    const headers = new Map(await wire(buildCampaignEmail({ ...facts, subject: 'Unused', thread })))
    expect(headers.get('subject')).toBe('Re: First words')
    expect(headers.get('in-reply-to')).toBe('<2@example.com>')
    expect(headers.get('references')).toBe('<1@example.com> <2@example.com>')
  })

  it('is a new mail where there is nothing to reply to', async () => {
    const headers = new Map(await wire(buildCampaignEmail({ ...facts, thread: { subject: 'x', messageIds: [] } })))
    expect(headers.get('subject')).toBe('Hello Ada')
    expect(headers.has('in-reply-to')).toBe(false)
  })

  it('offers an address to unsubscribe at only where there is one', async () => {
    const headers = new Map(await wire(buildCampaignEmail({ ...facts, unsubscribeMailto: 'stop@example.com' })))
    expect(headers.get('list-unsubscribe')).toBe(`<${facts.unsubscribeUrl}>, <mailto:stop@example.com>`)
    const token = 'k'.repeat(44)
    const named = buildCampaignEmail({ ...facts, unsubscribeMailto: 'a+b@example.com', unsubscribeToken: token })
    expect(new Map(await wire(named)).get('list-unsubscribe')).toBe(
      `<${facts.unsubscribeUrl}>, <mailto:a%2Bb@example.com?subject=unsubscribe%20${token}>`,
    )
  })

  it.each<[string, Partial<CampaignEmailFacts>, string]>([
    [
      'subject',
      { subject: 'Hi\r\nBcc: x@y.example' },
      'The subject holds a line break or a NUL character. The email was not sent.',
    ],
    [
      'subject with NUL',
      { subject: 'Hi\u0000' },
      'The subject holds a line break or a NUL character. The email was not sent.',
    ],
    ['blank subject', { subject: ' ' }, 'The subject is empty. The email was not sent.'],
    [
      'sender name',
      { from: { name: 'A\nB', address: 'a@b.example' } },
      'The sender name holds a line break or a NUL character. The email was not sent.',
    ],
    [
      'two recipients',
      { to: { name: '', address: 'a@b.example, c@d.example' } },
      'The recipient address is not exactly one email address. The email was not sent.',
    ],
    [
      'a recipient in angle brackets',
      { to: { name: '', address: 'x <a@b.example>' } },
      'The recipient address is not exactly one email address. The email was not sent.',
    ],
    [
      'Reply-To',
      { replyTo: 'a@b.example\nBcc: c@d.example' },
      'The Reply-To address is not exactly one email address. The email was not sent.',
    ],
    ['Message-ID', { messageId: '<a@b>\r\nX: y' }, 'The Message-ID is not a Message-ID. The email was not sent.'],
    [
      'References',
      { thread: { subject: 'x', messageIds: ['<a@b> <c@d>'] } },
      'The References is not a Message-ID. The email was not sent.',
    ],
    [
      'thread subject',
      { thread: { subject: 'x\ny', messageIds: ['<a@b.example>'] } },
      'The subject holds a line break or a NUL character. The email was not sent.',
    ],
    [
      'unsubscribe link',
      { unsubscribeUrl: 'https://x.example/\r\nBcc: y' },
      'The unsubscribe link is not a link. The email was not sent.',
    ],
    [
      'scripted link',
      { unsubscribeUrl: 'javascript:alert(1)' },
      'The unsubscribe link is not a link. The email was not sent.',
    ],
  ])('refuses a bad %s', (_field, change, message) => {
    expect(() => buildCampaignEmail({ ...facts, ...change })).toThrow(message)
  })
})

it.each(['a@b.example', 'first.last+tag@sub.example.co', "o'neil@x.example", 'ü@bücher.example'])(
  '%s is one address',
  (address) => {
    expect(isSingleAddress(address)).toBe(true)
  },
)

it.each([
  '',
  'a',
  'a@b',
  'a@@b.example',
  'a b@c.example',
  'a@b.example,c@d.example',
  '"a"@b.example',
  'a@b.example\n',
  '<a@b.example>',
  'a@[1.2.3.4]',
  'a(b)@c.example',
  `${'x'.repeat(65)}@b.example`,
])('%j is not one plain address', (address) => {
  expect(isSingleAddress(address)).toBe(false)
})

it('displayName keeps the name and drops what has a meaning in headers', () => {
  expect(displayName(' Ada "the <b>" Winter\r\n')).toBe('Ada the b Winter')
  expect(displayName(null)).toBe('')
  expect(displayName('x'.repeat(300))).toHaveLength(100)
})

it('messageIdFor is the email at the sender’s domain', () => {
  expect(messageIdFor('0199a-b', 'sam@mail.example.com')).toBe('<0199a-b@mail.example.com>')
  expect(() => messageIdFor('a b', 'sam@x.example')).toThrow('The Message-ID holds')
  expect(() => messageIdFor('a', 'sam@x.example>\n')).toThrow('not exactly one email address')
})
