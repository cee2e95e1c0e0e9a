import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getMessage } from '@/use-cases/sandbox/get-message'
import { listMessages } from '@/use-cases/sandbox/list-messages'
import { storeSandboxMessages } from '@/use-cases/sandbox/store-sandbox-messages'
import { createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const RAW = [
  'Message-ID: <a1B2@nexa.example>',
  'From: Sam <sam@nexa.example>',
  'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
  'X-Own: kept as it is',
  'Content-Type: multipart/alternative; boundary=part',
  '',
  '--part',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello Zoë',
  '--part',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Hello Zoë</p>',
  '--part--',
  '',
].join('\r\n')

const arrive = (toEmail: string, subject: string, messageId: string, raw = RAW) =>
  storeSandboxMessages(engine.deps, [
    { messageId, fromEmail: 'sam@nexa.example', toEmail, subject, raw: Buffer.from(raw) },
  ])

describe('the sandbox inbox', () => {
  it('keeps what arrives with the time of the campaigns, and lists the newest first, a page at a time', async () => {
    const started = engine.clock.now()
    for (const n of [1, 2, 3]) {
      await arrive(`lead${n}@customer.example`, `Email ${n}`, `<${n}@nexa.example>`)
      engine.clock.advanceDays(1)
    }
    const first = await listMessages(engine.deps, { pageSize: 2 })
    expect(first.total).toBe(3)
    expect(first.rows.map(({ subject }) => subject)).toEqual(['Email 3', 'Email 2'])
    const { rows, previous, next } = await listMessages(engine.deps, { after: first.next ?? '', pageSize: 2 })
    expect(next).toBeNull()
    expect((await listMessages(engine.deps, { before: previous ?? '', pageSize: 2 })).rows).toEqual(first.rows)
    expect(rows).toEqual([
      {
        id: expect.any(String),
        fromEmail: 'sam@nexa.example',
        toEmail: 'lead1@customer.example',
        subject: 'Email 1',
        receivedAt: started,
      },
    ])
  })

  it('is searched by address and subject in any case, and by Message-ID, and says how many there are in all', async () => {
    await arrive('Ada@Search.example', 'Spring fair', '<Spring-1@nexa.example>')
    await arrive('ben@search.example', 'Autumn fair', '<other@nexa.example>')
    const found = async (search: string) => {
      const { rows, total } = await listMessages(engine.deps, { search })
      return [rows.map(({ subject }) => subject).toSorted(), total]
    }
    expect(await found('SEARCH.EXAMPLE')).toEqual([['Autumn fair', 'Spring fair'], 2])
    expect(await found('spring FAIR')).toEqual([['Spring fair'], 1])
    expect(await found('<Spring-1@')).toEqual([['Spring fair'], 1])
    expect(await found('nothing of it')).toEqual([[], 0])
  })

  it('shows a message as it came: its headers by their own names, its texts read, its source whole', async () => {
    await arrive('zoe@customer.example', 'Grüße', '<a1B2@nexa.example>')
    const { rows } = await listMessages(engine.deps, { search: '<a1B2@' })
    const message = await getMessage(engine.deps, { id: rows[0]?.id ?? '' })
    expect(message).toMatchObject({ ...rows[0], messageId: '<a1B2@nexa.example>', source: RAW })
    expect(message.headers.map(({ name }) => name)).toEqual([
      ...['Message-ID', 'From', 'Subject', 'X-Own', 'Content-Type'],
    ])
    expect(message.headers.find(({ name }) => name === 'X-Own')?.value).toBe('kept as it is')
    expect(message.text?.trim()).toBe('Hello Zoë')
    expect(message.html?.trim()).toBe('<p>Hello Zoë</p>')
    expect(message).not.toHaveProperty('raw')
  })

  it('has no text of a message without one, and refuses what is not there', async () => {
    await arrive('plain@customer.example', 'No parts', '<plain@nexa.example>', 'Subject: No parts\r\n\r\nHello\r\n')
    const { rows } = await listMessages(engine.deps, { search: 'plain@customer' })
    expect(await getMessage(engine.deps, { id: rows[0]?.id ?? '' })).toMatchObject({ html: null })
    expect(await refusal(getMessage(engine.deps, { id: randomUUID() }))).toEqual({
      code: 'not_found',
      message: 'This email does not exist any more.',
    })
  })
})
