import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright/test'
import { FIRST_LOAD_LIMIT, firstLoadTable, kilobytes, readFirstLoads } from '../../scripts/lib/app/first-load'
import type { RunningApp } from '../../scripts/lib/app/start-app'
import { signIn } from './screens/account'
import { openCampaign } from './screens/campaign'
import { question } from './screens/controls'
import { isAddressOf, pagesOfTheApp } from './support/app-pages'
import type { Database } from './support/database'
import { furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'
import { people } from './support/people'
import { setAutomated } from './support/scene-generation'

test.use({ installation: { name: 'first-load', clock: { start: '2026-03-04T09:40:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

let campaignId = ''

test('every page of the app is measured, and none loads more than 220 kB of JavaScript first', () => {
  const loads = readFirstLoads()
  expect(loads.map(({ page }) => page)).toEqual(expect.arrayContaining(pagesOfTheApp()))
  expect(FIRST_LOAD_LIMIT).toBe(220_000)
  const tooLarge = loads.filter(({ bytes }) => bytes > FIRST_LOAD_LIMIT)
  expect(firstLoadTable(tooLarge.length > 0 ? tooLarge : loads.slice(0, 0)), 'pages over the limit').toEqual([])
})

test('a browser fetches what was measured, and all of it with the part that an address opens stays below 220 kB', async ({
  page,
  app,
  database,
}) => {
  const addresses = await setSmallScene(app, database)
  await signIn(page)
  // A page of its own for each: where the pointer rests, a browser may report that it moved.
  const context = page.context()
  await page.close()
  const loads = readFirstLoads()
  const all = pagesOfTheApp()
  const figures: string[] = []
  for (const path of addresses) {
    const fresh = await context.newPage()
    await neverLate(fresh)
    const fetched = await scriptsOf(fresh, path)
    await fresh.close()
    const load = loads.find(({ page: pattern }) => isAddressOf(pattern, path, all))
    const measured = load?.files.map(({ name }) => name) ?? []
    const bytes = fetched.reduce((sum, script) => sum + script.bytes, 0)
    figures.push(`${kilobytes(bytes)} of ${kilobytes(load?.bytes ?? 0)} measured  ${path}`)
    expect.soft(bytes, `${path}: all scripts that the browser fetched`).toBeLessThanOrEqual(FIRST_LOAD_LIMIT)
    const own = fetched.filter(({ name }) => measured.includes(name)).reduce((sum, script) => sum + script.bytes, 0)
    // The server compresses as it sends, in other pieces; and of the error pages one is fetched when it is shown.
    expect.soft(Math.abs(own / (load?.bytes ?? 1) - 1), `${path}: what was measured`).toBeLessThan(0.01)
  }
  console.log(figures.join('\n'))
})

test('a pointer that rests where a page opens is no person, one that moves is', async ({ page }) => {
  await signIn(page)
  const bytes = async () => (await scriptsOn(page)).reduce((sum, script) => sum + script.bytes, 0)
  await page.goto('/settings/lead-sources')
  await untilSettled(page)
  await page.waitForLoadState('networkidle')
  const first = await bytes()
  await page.evaluate(() => window.dispatchEvent(new PointerEvent('pointermove', { movementX: 0, movementY: 0 })))
  // The real sign below has brought everything long before this is over.
  await page.waitForTimeout(1_000)
  expect(await bytes()).toBe(first)
  await page.mouse.move(300, 300)
  await page.mouse.move(310, 305)
  await expect.poll(bytes).toBeGreaterThan(first + 50_000)
})

/** Keeps back what comes by itself after five seconds (`WhenSeen`): on a busy machine these pass while a page is measured. */
async function neverLate(page: Page) {
  await page.addInitScript(() => {
    const { setTimeout } = window
    const others = (work: TimerHandler, ms?: number, ...rest: unknown[]) =>
      ms === 5_000 ? 0 : setTimeout(work, ms, ...rest)
    Object.assign(window, { setTimeout: others })
  })
}

/** The scripts that a browser has fetched once a page stands still, with the size of their bodies as they came. */
async function scriptsOf(page: Page, path: string): Promise<{ name: string; bytes: number }[]> {
  await page.goto(path)
  await untilSettled(page)
  await page.waitForLoadState('networkidle')
  return scriptsOn(page)
}

const scriptsOn = (page: Page): Promise<{ name: string; bytes: number }[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => entry instanceof PerformanceResourceTiming)
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map(({ name, encodedBodySize }) => ({ name: name.slice(name.lastIndexOf('/') + 1), bytes: encodedBodySize })),
  )

const OWN_SERVER = {
  name: 'Nora',
  fromName: 'Nora Lindqvist',
  fromEmail: 'nora@nexa.example',
  smtpHost: 'mail.nexa.example',
  smtpPort: 465,
  smtpSecurity: 'tls' as const,
  reader: { imapHost: 'mail.nexa.example' },
}

/** One of each kind that has a page, and the addresses of all pages and of the parts that an address opens. */
async function setSmallScene(app: Pick<RunningApp, 'url' | 'ownerCode'>, database: Database): Promise<string[]> {
  const api = await furnish(app)
  const { workflowId, templateIds } = await api.settings.loadSampleData.mutate()
  const batchId = await importBatch(api, 'Partners in the north', people(6))
  const mailed = await importBatch(api, 'Clinics, found and written to', people(6, 6))
  const mailboxes = await api.mailboxes.list.query()
  const common = { timezone: 'Europe/Berlin', mailboxIds: mailboxes.map(({ id }) => id), workflowId: workflowId ?? '' }
  const { id: draft } = await api.campaigns.create.mutate({ ...common, name: 'Summer issue', batchIds: [batchId] })
  const { id: running } = await api.campaigns.create.mutate({ ...common, name: 'Spring fair', batchIds: [batchId] })
  // With an email that is still to be written.
  const { id: written } = await api.campaigns.create.mutate({
    name: 'Written here',
    timezone: 'Europe/Berlin',
    batchIds: [batchId],
    ownSteps: [{ text: { id: randomUUID(), subject: '', bodyText: '' }, daysAfterPrevious: 0, replyInThread: false }],
  })
  const { id: finding } = await api.campaigns.create.mutate({
    name: 'Clinics',
    campaignType: 'lead_generation',
    timezone: 'Europe/Berlin',
  })
  const { id: automated } = await api.campaigns.create.mutate({ ...common, name: 'Clinics', batchIds: [mailed] })
  campaignId = running
  for (const started of [running, automated]) {
    await api.campaigns.start.mutate({ campaignId: started })
    await expect.poll(() => database.ledgerOf(started), { timeout: 240_000 }).toMatchObject({ sent: 6 })
  }
  await setAutomated(database, automated, { mailed, found: batchId })
  const { id: ownServer } = await api.mailboxes.create.mutate(OWN_SERVER)
  const message = await database.idOf('sandbox_messages ORDER BY received_at DESC, id')
  const imported = await database.idOf('lead_imports ORDER BY id')
  const lead = await database.idOf('leads WHERE emails_sent > 0 ORDER BY id')
  return [
    '/campaigns',
    ...['', '?tab=results', '?tab=emails', '?tab=leads', '?tab=activity', '?tab=settings'].map(
      (tab) => `/campaigns/${running}${tab}`,
    ),
    ...['', '?tab=results', '?tab=runs', '?tab=emails'].map((tab) => `/campaigns/${automated}${tab}`),
    ...['leads', 'sequence', 'mailboxes', 'review'].map((step) => `/campaigns/${draft}/edit?step=${step}`),
    `/campaigns/${written}/edit?step=sequence`,
    ...['sources', 'amount', 'review'].map((step) => `/campaigns/${finding}/edit?step=${step}`),
    '/inbox',
    '/notifications',
    '/campaigns/new',
    '/campaigns/new?type=lead_generation',
    '/leads',
    `/leads/${lead}`,
    '/leads/import',
    '/leads/imports',
    `/leads/imports/${imported}`,
    '/leads/acts',
    '/leads/batches',
    `/leads/batches/${batchId}`,
    '/templates',
    '/templates/new',
    `/templates/${templateIds[0]}`,
    '/workflows',
    '/workflows/new',
    `/workflows/${workflowId}`,
    '/sandbox',
    `/sandbox/${message}`,
    '/settings',
    '/settings/mailboxes',
    '/settings/team',
    '/settings/audit',
    '/account',
    '/forgot',
    '/reset/no-such-link',
    '/invitation/no-such-link',
    ...[mailboxes[0]?.id, ownServer].map((id) => `/settings/mailboxes/${id}`),
    '/settings/mailboxes/new',
    '/settings/lead-sources',
    '/settings/suppression',
    '/settings/about',
    '/u/preview',
    '/nowhere',
  ]
}

test('what does not come says so and can be asked for again: a dialog, a tab, and the message about it', async ({
  page,
}) => {
  await signIn(page)
  await openCampaign(page, campaignId)
  await untilSettled(page)
  // A page that nobody has touched yet, on a line that has gone meanwhile.
  await page.goto(`/campaigns/${campaignId}`)
  await untilSettled(page)
  // What stands low comes by itself, when it is in sight or soon after.
  await expect(page.getByRole('table', { name: 'Steps' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Activity' })).toBeVisible()
  await expect(page.getByRole('heading', { name: /^Planned and sent, by day/ })).toBeVisible()
  await page.route('**/*.js', (route) => route.abort())
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('This part of the page could not be loaded.')).toBeVisible()
  await expect(page.getByText('Nothing was changed. Check the connection, then try again.')).toBeVisible()
  await expect(question(page)).toBeHidden()
  await page
    .getByRole('link', { name: /^Settings/ })
    .last()
    .click()
  await expect(page.getByRole('main').getByRole('button', { name: 'Try again' })).toBeVisible()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Sequence, leads, batches and mailboxes can be changed')).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(question(page)).toBeVisible()
})
