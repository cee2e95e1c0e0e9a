import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { unsubscribeToken } from '@/lib/encryption'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

let engine: Engine
let route: typeof import('@/app/api/unsubscribe/[token]/route')
let page: typeof import('@/app/u/[token]/page')
beforeAll(async () => {
  engine = await createEngine()
  vi.stubEnv('DATABASE_URL', engine.url)
  vi.stubEnv('SMTP_URL', engine.deps.config.smtpUrl)
  vi.stubEnv('APP_URL', engine.deps.config.appUrl)
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(40))
  vi.stubEnv('ENCRYPTION_KEY', engine.deps.config.encryptionKey)
  // As the web process does at its start, without its queue.
  Object.assign(globalThis, { leadnexDeps: engine.deps })
  route = await import('@/app/api/unsubscribe/[token]/route')
  page = await import('@/app/u/[token]/page')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  Object.assign(globalThis, { leadnexDeps: undefined })
  await engine.close()
})

const paramsOf = (token: string) => ({ params: Promise.resolve({ token }) })
const visit = async (token: string) => renderToStaticMarkup(await page.default(paramsOf(token)))
const click = (token: string) =>
  route.POST(
    new Request(`http://localhost:3000/api/unsubscribe/${token}`, {
      method: 'POST',
      body: new URLSearchParams({ from: 'page' }),
    }),
    paramsOf(token),
  )

async function sentToken() {
  const { leads } = await startOutreach(engine, { leads: 1, days: [0] })
  await engine.work()
  const { id } = await engine.db.scheduledEmail.findFirstOrThrow({ where: { leadId: leads[0]?.id ?? '' } })
  return { token: unsubscribeToken(engine.deps.config.consentKey, id), email: leads[0]?.email ?? '' }
}

it('asks at the first visit, and shows at every later one that the address is unsubscribed', async () => {
  const { token, email } = await sentToken()
  const first = await visit(token)
  expect(first).toContain('Unsubscribe?')
  expect(first).toContain(`${email} will get no more emails from us.`)
  const answer = await click(token)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/u/${token}`])
  for (const _visit of [1, 2]) {
    const later = await visit(token)
    expect(later).toContain('You are unsubscribed')
    expect(later).toContain(`${email} gets no more emails from us.`)
    expect(later).not.toContain('<button')
  }
})

it('says so to nobody who is not, whatever the address of the page says', async () => {
  const { token } = await sentToken()
  const searchParams = Promise.resolve({ done: '1' })
  expect(renderToStaticMarkup(await page.default({ ...paramsOf(token), ...{ searchParams } }))).toContain(
    'Unsubscribe?',
  )
})

it('changes nothing when it is opened, nor does the address in the header', async () => {
  const { token } = await sentToken()
  const standing = async () => [
    await engine.db.lead.findMany({ orderBy: { id: 'asc' } }),
    await engine.db.suppression.findMany({ orderBy: { id: 'asc' } }),
    await engine.db.scheduledEmail.findMany({ orderBy: { id: 'asc' } }),
    await engine.db.keptLink.findMany(),
  ]
  const before = await standing()
  await visit(token)
  const opened = await route.GET(new Request(`http://localhost:3000/api/unsubscribe/${token}`), paramsOf(token))
  expect([opened.status, opened.headers.get('location')]).toEqual([303, `/u/${token}`])
  expect(await standing()).toEqual(before)
})

it('is headed by the company in the settings, and by this program’s name where they say none', async () => {
  const { token } = await sentToken()
  const broken = `x${token.slice(1, -1)}`
  const pages = async () => [await visit(token), await visit('preview'), await visit(broken)]
  for (const html of await pages()) {
    expect(html).toContain('>Nexa<')
    expect(html).not.toContain('LeadNexConnect')
  }
  await engine.db.settings.update({ where: { id: 1 }, data: { companyName: ' ' } })
  for (const html of await pages()) expect(html).toContain('LeadNexConnect')
  await engine.db.settings.update({ where: { id: 1 }, data: { companyName: 'Nexa' } })
})
