import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createEngine, type Engine } from '../../support/engine'

const HOST = 'app.example'

let engine: Engine
let route: typeof import('@/app/api/trpc/[trpc]/route')
beforeAll(async () => {
  engine = await createEngine()
  vi.stubEnv('DATABASE_URL', engine.url)
  vi.stubEnv('SMTP_URL', engine.deps.config.smtpUrl)
  vi.stubEnv('APP_URL', `https://${HOST}`)
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(40))
  vi.stubEnv('ENCRYPTION_KEY', engine.deps.config.encryptionKey)
  // As the web process does at its start, without its queue.
  Object.assign(globalThis, { leadnexDeps: engine.deps })
  route = await import('@/app/api/trpc/[trpc]/route')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  Object.assign(globalThis, { leadnexDeps: undefined })
  await engine.close()
})

/** A change that nobody is signed in for: whoever is let in hears that. */
const post = (origin: string | null, cookie?: string) =>
  route.POST(
    new Request(`https://${HOST}/api/trpc/campaigns.pause`, {
      method: 'POST',
      headers: {
        host: HOST,
        'content-type': 'application/json',
        ...(origin === null ? {} : { origin }),
        ...(cookie ? { cookie } : {}),
      },
      body: '{"json":{}}',
    }),
  )

it.each([
  ['another site', 'https://other.example'],
  ['a site whose name ends like ours', `https://evil-${HOST}`],
  ['a site whose name begins like ours', `https://${HOST}.evil.example`],
  ['a subdomain', `https://blog.${HOST}`],
  ['another port', `https://${HOST}:8443`],
  ['a sandboxed frame', 'null'],
])('refuses what %s makes a browser send', async (_who, origin) => {
  const answer = await post(origin)
  expect(answer.status).toBe(403)
  // As the API's other refusals, so that screens show the words.
  expect(await answer.json().catch(() => null)).toMatchObject({
    error: { json: { message: expect.stringContaining(`Open https://${HOST} `), data: { httpStatus: 403 } } },
  })
})

it.each([
  ['our own pages', `https://${HOST}`],
  ['programs that send no origin', null],
])('lets in what %s send', async (_who, origin) => {
  expect((await post(origin)).status).toBe(401)
})

it('refuses what names no origin and brings a cookie', async () => {
  expect((await post(null, 'leadnexconnect.session_token=x')).status).toBe(403)
  expect((await post(`https://${HOST}`, 'leadnexconnect.session_token=x')).status).toBe(401)
})
