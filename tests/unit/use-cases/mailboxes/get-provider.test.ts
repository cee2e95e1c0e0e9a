import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, it } from 'vitest'
import { createMxLookup } from '@/mail/mx-lookup'
import { getProvider } from '@/use-cases/mailboxes/get-provider'
import { refusal } from '../../../support/refusal'

type Mx = { priority: number; exchange: string }

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const named = (name: string) =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ])

function record({ priority, exchange }: Mx): Buffer {
  const data = Buffer.concat([Buffer.from([0, priority]), named(exchange)])
  // The name of the question, type MX, class IN, a minute to live.
  return Buffer.concat([Buffer.from([0xc0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, data.length]), data])
}

/** A name server on loopback: answers every question with these records or this code; with `null` it says nothing. */
async function nameServer(answer: readonly Mx[] | { code: number } | null): Promise<string> {
  const socket = createSocket('udp4')
  closing.push(() => socket.close())
  socket.on('message', (question, { port, address }) => {
    if (!answer) return
    const [code, records] = 'code' in answer ? [answer.code, []] : [0, answer]
    const end = question.indexOf(0, 12) + 5
    const header = Buffer.from([...question.subarray(0, 2), 0x81, 0x80 | code, 0, 1, 0, records.length, 0, 0, 0, 0])
    socket.send(Buffer.concat([header, question.subarray(12, end), ...records.map(record)]), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return `127.0.0.1:${socket.address().port}`
}

const lookup = async (answer: Parameters<typeof nameServer>[0], timeoutMs = 5_000) =>
  createMxLookup({ servers: [await nameServer(answer)], timeoutMs })

describe('the servers that take email for a domain', () => {
  it('are named, the preferred first', async () => {
    const mxOf = await lookup([
      { priority: 20, exchange: 'alt1.aspmx.l.google.com' },
      { priority: 5, exchange: 'aspmx.l.google.com' },
    ])
    expect(await mxOf('nexa.example')).toEqual(['aspmx.l.google.com', 'alt1.aspmx.l.google.com'])
  })

  it('are none where the domain has none, or says that it takes no email', async () => {
    expect(await (await lookup([]))('nexa.example')).toEqual([])
    expect(await (await lookup({ code: 3 }))('nexa.example')).toEqual([])
    expect(await (await lookup([{ priority: 0, exchange: '' }]))('nexa.example')).toEqual([])
  })

  it('are not known where the name server fails or says nothing: never “none”', async () => {
    expect(await (await lookup({ code: 2 }))('nexa.example')).toBeNull()
    expect(await (await lookup(null, 50))('nexa.example')).toBeNull()
  })
})

describe('the provider of an address', () => {
  const nobody = () => Promise.reject(new Error('No name server is asked.'))

  it('is known by its domain, without a question to anybody', async () => {
    expect(await getProvider({ address: 'sam@gmail.com' }, nobody)).toMatchObject({ found: { name: 'Google' } })
  })

  it('is found by the MX records of a company’s own domain', async () => {
    const mxOf = await lookup([{ priority: 0, exchange: 'nexa-dev.mail.protection.outlook.com' }])
    expect(await getProvider({ address: 'Sam@Nexa.example' }, mxOf)).toMatchObject({
      found: { name: 'Microsoft 365' },
    })
  })

  it('stays open where nobody we know takes the email, where nobody does, and where nobody answers', async () => {
    const because = async (answer: Parameters<typeof nameServer>[0], timeoutMs?: number) =>
      getProvider({ address: 'sam@nexa.example' }, await lookup(answer, timeoutMs))
    expect(await because([{ priority: 0, exchange: 'mx.nexa.example' }])).toEqual({
      found: null,
      because: 'own_server',
    })
    expect(await because([])).toEqual({ found: null, because: 'no_servers' })
    expect(await because(null, 50)).toEqual({ found: null, because: 'no_answer' })
  })

  it('is not asked for what is no address', async () => {
    expect(await refusal(getProvider({ address: 'sam' }, nobody))).toMatchObject({ code: 'invalid_input' })
  })
})
