import { once } from 'node:events'
import { type IncomingMessage, request as sendRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unsubscribeToken } from '@/lib/encryption'
import { startBoss } from '@/queue/boss'
import { BODY_LIMITS } from '@/server/http/body-limit'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { queuesOf } from '../../../worker/job'
import { JOBS } from '../../../worker/jobs'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { answerWhileSending, cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'

const HUGE = String(400 * 1024 * 1024)
const KB = 1024
// Only for what is listened to for ever.
const NO_END_MS = 120_000

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

const json = { 'content-type': 'application/json' }
const ours = () => ({ ...json, origin: app.url, cookie })
const settings = '/api/trpc/settings.update'

describe('a change that a cookie authenticates', () => {
  const change = (headers: Record<string, string | undefined>) =>
    app.post(
      settings,
      { json: { companyName: 'Other', postalAddress: 'x', defaultTimezone: 'UTC' } },
      { cookie, ...headers },
    )
  const company = async () => (await engine.db.settings.findFirstOrThrow()).companyName

  it.each([
    ['no origin', undefined],
    ['the origin of a sandboxed frame', 'null'],
    ['another site', 'https://evil.example'],
    ['another port', 'http://127.0.0.1:1'],
    ['nonsense', '%'],
  ])('is refused with %s, at the API', async (_what, origin) => {
    const answer = await change({ origin })
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('came from another address')])
    expect(await company()).toBe('Nexa')
  })

  it('is done with the origin of the app, whatever Host a proxy made of it', async () => {
    expect((await change({ host: 'inner.example:8080' })).status).toBe(200)
    expect(await company()).toBe('Other')
  })

  it.each([undefined, 'null', 'https://evil.example'])(
    'is refused with the origin %s, at the sign-in',
    async (origin) => {
      const here = cookieOf(await app.post('/api/auth/sign-in/email', OWNER))
      const sessions = await engine.db.session.count()
      const answer = await app.post('/api/auth/sign-out', {}, { cookie: here, origin })
      expect(answer.status).toBe(403)
      expect((await answer.json()).message).toContain(`Open ${app.url} and`)
      expect(await engine.db.session.count()).toBe(sessions)
      expect((await app.post('/api/auth/sign-out', {}, { cookie: here })).status).toBe(200)
      expect(await engine.db.session.count()).toBe(sessions - 1)
    },
  )

  it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/octet-stream'])(
    'is refused as %s: forms of other sites can send it',
    async (type) => {
      expect((await change({ 'content-type': type })).status).toBe(415)
    },
  )
})

describe('a link to unsubscribe', () => {
  it('works without origin and cookie, and with those of whoever shows the email', async () => {
    const shown: Record<string, string>[] = [{}, { origin: 'https://mail.example' }, { origin: 'null', cookie: 'a=b' }]
    for (const headers of shown) {
      const { leads } = await startOutreach(engine, { leads: 1, days: [0] })
      const [email] = await engine.db.scheduledEmail.findMany({ where: { leadId: leads[0]?.id } })
      const answer = await fetch(`${app.url}/api/unsubscribe/${tokenOf(email?.id)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: 'List-Unsubscribe=One-Click',
      })
      expect([answer.status, await answer.text()]).toEqual([200, 'Unsubscribed'])
      expect(await engine.db.suppression.count({ where: { value: leads[0]?.email } })).toBe(1)
    }
  })

  it('that is none is answered before a byte of its body is read', async () => {
    const headers = { 'content-length': HUGE }
    const path = `/api/unsubscribe/${'x'.repeat(44)}`
    expect(await answerWhileSending(app, { path, headers })).toEqual({ status: 404, text: 'This link is not valid' })
  })
})

const tokenOf = (id = '') => unsubscribeToken(engine.deps.config.consentKey, id)
const WORDS = /^This request is larger than (64 kB|1 MB), which is more than it may be\. Nothing was changed\.$/
const SOME_ID = '0192f0c1-2d3e-7abc-8def-0123456789ab'

describe('a body that is too large', () => {
  it.each([
    ['signing in', () => ({ path: '/api/auth/sign-in/email', headers: json })],
    ['unsubscribing', () => ({ path: `/api/unsubscribe/${tokenOf(SOME_ID)}` })],
    ['a page', () => ({ path: '/sign-in' })],
    ['nothing that exists', () => ({ path: '/api/nothing' })],
  ])('is refused for %s by its length, before it is read', async (_what, open) => {
    const { path, headers } = { headers: {}, ...open() }
    const answer = await answerWhileSending(app, { path, headers: { ...headers, 'content-length': HUGE } })
    expect(answer).toEqual({ status: 413, text: expect.stringMatching(WORDS) })
  })

  it('is refused for the API in the words of the API', async () => {
    const answer = await answerWhileSending(app, { path: settings, headers: { ...ours(), 'content-length': HUGE } })
    expect(answer.status).toBe(413)
    const { message, data } = JSON.parse(answer.text).error.json
    expect(message).toMatch(WORDS)
    expect(data).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', httpStatus: 413 })
  })

  it.each([
    ['signing in', () => '/api/auth/sign-in/email', 64 * KB],
    ['unsubscribing', () => `/api/unsubscribe/${tokenOf(SOME_ID)}`, 64 * KB],
    ['the API', () => settings, BODY_LIMITS.call],
  ])(
    'is refused for %s as soon as it is longer than it may be, where it announces no length',
    async (_what, path, limit) => {
      const form = {
        ...ours(),
        'content-type': path().includes('unsubscribe') ? 'application/x-www-form-urlencoded' : 'application/json',
      }
      const answer = await answerWhileSending(app, { path: path(), headers: form, body: Buffer.alloc(limit + 1, '1') })
      expect(answer.status).toBe(413)
    },
  )

  it('is refused for a page, where it announces no length', async () => {
    expect((await answerWhileSending(app, { path: '/sign-in', body: Buffer.from('x') })).status).toBe(411)
  })

  it('is not listened to for ever: who goes on sending is hung up on', async () => {
    const request = sendRequest({ host: '127.0.0.1', port: app.port, path: '/sign-in', method: 'POST' })
    request.on('error', () => undefined)
    request.setHeader('content-length', HUGE)
    request.flushHeaders()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(413)
    response.resume()
    const going = setInterval(() => request.write('x'), 100)
    // What is still on its way is refused by a reset, which is an error here.
    const hungUp = new Promise((resolve) => request.once('close', () => resolve('hung up')))
    const ended = await Promise.race([hungUp, sleep(NO_END_MS, 'goes on')]).finally(() => clearInterval(going))
    request.destroy()
    expect(ended).toBe('hung up')
  })

  it('is one byte more than the most', async () => {
    const headers = { ...json, 'x-forwarded-for': '203.0.113.1' }
    const send = (length: number) =>
      fetch(`${app.url}/api/auth/sign-in/email`, { method: 'POST', headers, body: '{}'.padEnd(length) })
    expect((await send(64 * KB)).status).toBe(400)
    expect((await send(64 * KB + 1)).status).toBe(413)
  })
})

describe('the API', () => {
  it('asks who calls before it reads what is sent', async () => {
    const headers = { ...json, origin: app.url, 'content-length': String(BODY_LIMITS.call) }
    expect((await answerWhileSending(app, { path: settings, headers })).status).toBe(401)
  })

  it('takes 20 calls in a request, and no more', async () => {
    const get = (count: number) =>
      fetch(`${app.url}/api/trpc/${Array(count).fill('settings.get').join(',')}?batch=1`, { headers: { cookie } })
    expect((await get(20)).status).toBe(200)
    expect((await get(21)).status).toBe(400)
  })
})

describe('signing in', () => {
  it('is limited by the address of the connection, whatever addresses a client makes up', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 11; i++) {
      const guess = { email: `guess${i}@nexa.example`, password: 'not the right words' }
      const headers = { 'x-forwarded-for': `203.0.113.${i + 1}` }
      statuses.push((await app.post('/api/auth/sign-in/email', guess, headers)).status)
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('health', () => {
  it('says to strangers whether all is well, and to whoever is signed in what is wrong', async () => {
    const queue = { databaseUrl: engine.url, log: engine.deps.log, role: 'web' as const, queues: queuesOf(JOBS) }
    await (await startBoss(queue)).stop({ graceful: false })
    const strangers = await fetch(`${app.url}/api/health`)
    expect([strangers.status, await strangers.json()]).toEqual([200, { status: 'degraded' }])
    const known = await fetch(`${app.url}/api/health`, { headers: { cookie } })
    expect(await known.json()).toMatchObject({
      status: 'degraded',
      worker: { ok: false, workers: 0 },
      mailboxes: [{ name: expect.any(String) }],
    })
  })
})

describe('a flood of clicks on one link', () => {
  it('is answered without the database, and keeps nobody from a pause', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0] })
    const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: id }, orderBy: { leadId: 'asc' } })
    const tokens = emails.map((email) => tokenOf(email.id))
    const click = (token = '') =>
      fetch(`${app.url}/api/unsubscribe/${token}`, { method: 'POST' }).then(async (answer) => {
        await answer.arrayBuffer()
        return answer.status
      })
    const clickOn = async (times: number) => {
      const statuses: number[] = []
      for (let i = 0; i < times; i++) statuses.push(await click(tokens[0]))
      return statuses
    }
    const began = performance.now()
    // 2,000 clicks on 40 connections.
    const flood = Promise.all(Array.from({ length: 40 }, () => clickOn(50)))
    await pauseCampaign(engine.deps, { campaignId: id, by: 'owner' })
    expect((await engine.db.campaign.findUniqueOrThrow({ where: { id } })).status).toBe('paused')
    const statuses = (await flood).flat()
    const minutes = Math.floor((performance.now() - began) / 60_000) + 1
    const passed = statuses.filter((status) => status === 200).length
    expect(passed).toBeGreaterThanOrEqual(60)
    expect(passed).toBeLessThanOrEqual(60 * minutes)
    expect(statuses.filter((status) => status === 429)).toHaveLength(2_000 - passed)
    const reached = leads.filter((lead) => lead.id === emails[0]?.leadId)
    expect(await engine.db.suppression.count({ where: { value: reached[0]?.email } })).toBe(1)
    expect(await click(tokens[1]), 'another link').toBe(200)
  })
})
