import { describe, expect, it } from 'vitest'
import { READ_LIMITS, readMessage, UnreadableMessage } from '@/mail/read-message'

const read = (lines: string[], limits = READ_LIMITS) => readMessage(Buffer.from(lines.join('\r\n')), limits)
const HEAD = [
  'From: =?utf-8?Q?Ute_Winter?= <Ute@Nordwind.example>',
  'To: Sam <sam@nexa.example>, Team: a@x.example, b@x.example;',
  'Cc: c@x.example',
]

describe('reading a message', () => {
  it('gives its headers, people, ids, date and text', async () => {
    const message = await read([
      ...HEAD,
      'Subject: =?utf-8?B?UsOpcG9uc2U=?= ici',
      'Date: Mon, 14 Dec 2026 14:12:31 +0130 (XST)',
      'Message-ID: <r1@nordwind.example>',
      'In-Reply-To: "your message" <e1@nexa.example>',
      'References: <e0@nexa.example>',
      '\t<e1@nexa.example>',
      'Received: one',
      'Received: two',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'caf=E9',
    ])
    expect(message).toMatchObject({
      from: { name: 'Ute Winter', address: 'ute@nordwind.example' },
      cc: [{ name: '', address: 'c@x.example' }],
      subject: 'Réponse ici',
      sentAt: new Date('2026-12-14T12:42:31Z'),
      utcOffsetMinutes: 90,
      messageId: '<r1@nordwind.example>',
      inReplyTo: ['<e1@nexa.example>'],
      references: ['<e0@nexa.example>', '<e1@nexa.example>'],
      contentType: 'text/plain',
      html: '',
      parts: [],
    })
    expect(message.text.trim()).toBe('café')
    expect(message.to.map(({ address }) => address)).toEqual(['sam@nexa.example', 'a@x.example', 'b@x.example'])
    expect(message.headers.filter(({ name }) => name === 'received').map(({ value }) => value)).toEqual(['one', 'two'])
  })

  it('keeps a returned original apart from the body, and no other part’s contents', async () => {
    const part = (type: string, ...body: string[]) => ['--b', `Content-Type: ${type}`, '', ...body]
    const message = await read([
      ...HEAD,
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      ...part('text/plain', 'It failed.'),
      ...part('message/delivery-status', 'Reporting-MTA: dns; x', '', 'Final-Recipient: rfc822; a@x.example'),
      ...part('message/rfc822', 'Message-ID: <e1@nexa.example>', 'Subject: ours', '', 'our text'),
      ...part('text/rfc822-headers', 'Message-ID: <e1@nexa.example>'),
      ...part('application/pdf; name=plan.pdf', 'not read'),
      '--b--',
    ])
    expect(message.contentType).toBe('multipart/report')
    expect(message.text.trim()).toBe('It failed.')
    expect(
      message.parts.map(({ type, filename, text }) => [type, filename, text?.includes('e1@nexa.example') ?? null]),
    ).toEqual([
      ['message/delivery-status', null, false],
      ['message/rfc822', null, true],
      ['text/rfc822-headers', null, true],
      ['application/pdf', 'plan.pdf', null],
    ])
    expect(message.parts.at(-1)?.bytes).toBeGreaterThan(0)
  })

  it('takes the first header where one stands twice, and no date that is none', async () => {
    const message = await read([
      'From: a@x.example',
      'From: b@x.example',
      'Date: yesterday',
      'Message-ID: none',
      '',
      '',
    ])
    expect(message).toMatchObject({ from: { address: 'a@x.example' }, sentAt: null, messageId: null, subject: '' })
  })

  it('cuts what is longer than its limits, so that its beginning counts', async () => {
    const message = await read([...HEAD, '', 'x'.repeat(10_000)], {
      ...READ_LIMITS,
      textLength: 100,
      messageBytes: 5_000,
    })
    expect(message.text).toBe('x'.repeat(100))
  })

  it.each([
    ['nothing', ['']],
    ['headers without end', [`X: ${'x'.repeat(300_000)}`, '', 'text']],
    [
      'parts within parts',
      Array.from({ length: 60 }, (_, n) => [`Content-Type: multipart/mixed; boundary=b${n}`, '', `--b${n}`]).flat(),
    ],
  ])('refuses %s, and says why', async (_what, lines) => {
    await expect(read(lines)).rejects.toThrow(UnreadableMessage)
    await expect(read(lines)).rejects.toThrow(/\.$/)
  })
})
