import { Agent, type IncomingMessage, request as sendRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../support/engine'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'

let engine: Engine
let app: HttpApp
let cookie: string
beforeAll(async () => {
  engine = await createEngine()
  app = await startHttpApp(engine)
  cookie = cookieOf(await app.post('/api/auth/sign-up/email', OWNER))
})
afterAll(async () => {
  await app.close()
  await engine.close()
})

const messageOf = async (answer: Response) => [answer.status, (await answer.json()).error.json.message]
const UNREADABLE = [400, 'This request could not be read. Nothing was changed.']

describe('a call that cannot be read', () => {
  it.each([
    ['types of values that are none', { json: {}, meta: { values: 'regexp' } }],
    [
      'equal places that are not there',
      { json: {}, meta: { referentialEqualities: { 'ids.0': ['length', 'column'] } } },
    ],
  ])('is refused without a word of what failed inside: %s', async (_what, body) => {
    expect(await messageOf(await app.post('/api/trpc/settings.update', body, { cookie }))).toEqual(UNREADABLE)
    const input = encodeURIComponent(JSON.stringify(body))
    const read = await fetch(`${app.url}/api/trpc/workflows.list?input=${input}`, { headers: { cookie } })
    expect(await messageOf(read)).toEqual(UNREADABLE)
  })

  it('is refused so as well when it is no JSON', async () => {
    const answer = await fetch(`${app.url}/api/trpc/settings.update`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url, cookie },
      body: '{"json":{"companyName":',
    })
    expect(await messageOf(answer)).toEqual(UNREADABLE)
  })

  it.each([
    ['suppression.list', { search: 'a\0b', kind: 'domain' }],
    ['sandbox.list', { search: 'a\0b' }],
    ['leads.list', { search: 'a\0b' }],
    ['campaigns.list', { type: 'outreach', search: 'a\0b' }],
  ])('is refused where %s is asked for what no column can hold', async (name, json) => {
    const input = encodeURIComponent(JSON.stringify({ json }))
    const answer = await fetch(`${app.url}/api/trpc/${name}?input=${input}`, { headers: { cookie } })
    const [status, words] = await messageOf(answer)
    expect(status, words).toBe(400)
    expect(words).toContain('Nothing was changed.')
  })

  it('fails in our words, where the session cannot be looked up', async () => {
    await engine.pool.query('ALTER TABLE sessions RENAME TO sessions_away')
    try {
      const answer = await fetch(`${app.url}/api/trpc/settings.get`, { headers: { cookie } })
      expect(await messageOf(answer)).toEqual([
        500,
        'Something went wrong on our side. Nothing was changed by this request; the log has the details.',
      ])
    } finally {
      await engine.pool.query('ALTER TABLE sessions_away RENAME TO sessions')
    }
  })
})

describe('a request of the sign-in that names a NUL', () => {
  const UNSTORABLE = [
    400,
    'A value in this request is none that can be stored or looked for, such as a hidden character (NUL) or a number ' +
      'that is too large. Nothing was changed. Enter it anew.',
  ]
  const asked = (path: string, json: string) =>
    fetch(`${app.url}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url, cookie },
      body: json,
    })
  const wordsOf = async (answer: Response) => [answer.status, (await answer.json()).message]

  it.each([
    ['/two-factor/verify-totp', '{"code":"\\u0000"}'],
    ['/two-factor/verify-backup-code', '{"code":"\\\\\\u0000"}'],
    ['/change-password', '{"currentPassword":"a\\u0000b","newPassword":"a few words do well"}'],
    ['/sign-in/email', '{"email":"mira@nexa.example","password":"a\\u0000b"}'],
    ['/sign-up/email', '{"name":"Mira","email":"a\\u0000b@nexa.example","password":"a few words do well"}'],
    ['/sign-in/email', '{"email":"mira@nexa.example","password":"a\0b"}'],
  ])('is refused in plain words before it is looked for: %s %s', async (path, json) => {
    expect(await wordsOf(await asked(path, json))).toEqual(UNSTORABLE)
  })

  it('is refused so in an address', async () => {
    expect(await wordsOf(await asked('/sign-out?token=a%00b', '{}'))).toEqual(UNSTORABLE)
  })

  it('is none where the letters alone stand for it', async () => {
    const answer = await asked('/sign-in/email', '{"email":"mira@nexa.example","password":"a\\\\u0000 that is none"}')
    expect(await wordsOf(answer)).toEqual([401, 'Invalid email or password'])
  })
})

const HERE = '/api/unsubscribe/'
const CHARACTERS = 4_096 - 'http://app'.length - HERE.length

it.each([
  ['of 4,097 characters', HERE + 'a'.repeat(CHARACTERS + 1)],
  ['whose signs are longer in a header', `/leads?search=${'"'.repeat(2_000)}`],
  ['of another beginning', `//leads?search=${'%C3%BC'.repeat(2_000)}`],
])('an address that no answer could name is refused: one %s', async (_which, path) => {
  expect(await ask(path)).toEqual([
    414,
    'This address has more than 4,096 characters, which is more than it may have. Nothing was changed.',
  ])
})

it('an address of just 4,096 characters is asked for', async () => {
  expect((await ask(HERE + 'a'.repeat(CHARACTERS)))[0]).toBe(303)
})

it.each(['/api/trpc/%', '/api/unsubscribe/%ff', '/api/trpc/a%E0%A4%A', '/leads/%'])(
  'an address that cannot be read is refused: %s',
  async (path) => {
    expect(await ask(path)).toEqual([400, 'This address cannot be read. Nothing was changed.'])
  },
)

// More than a connection takes in before somebody reads.
const LARGE = JSON.stringify({ json: 'x'.repeat(900_000) })

it('a request that is answered unread does not stand before the next one of its connection', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    for (const _time of [1, 2]) {
      const headers = { 'content-type': 'application/json', origin: app.url }
      const refused = await ask('/api/trpc/settings.update', { agent, method: 'POST', headers }, LARGE)
      expect(refused).toEqual([401, expect.stringContaining('Sign in first.')])
      expect(await ask('/api/trpc/settings.get', { agent })).toEqual([401, expect.stringContaining('Sign in first.')])
    }
  } finally {
    agent.destroy()
  }
})

/** Asks just so: `fetch` puts addresses right, and opens further connections. Answers status and words. */
const ask = (
  path: string,
  options: { agent?: Agent; method?: string; headers?: Record<string, string> } = {},
  body = '',
) =>
  new Promise<[number | undefined, string]>((resolve) => {
    const request = sendRequest({ host: '127.0.0.1', port: app.port, path, ...options })
    request.once('error', ({ message }) => resolve([0, message]))
    request.once('response', async (response: IncomingMessage) => {
      let text = ''
      for await (const piece of response) text += piece
      resolve([response.statusCode, text])
    })
    request.end(body)
  })
