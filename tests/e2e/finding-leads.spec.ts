import type { ApiClient } from '../../scripts/lib/demo/api-client'
import { signIn } from './screens/account'
import { expectInStep, openCampaign, pause, statusOnScreen } from './screens/campaign'
import { confirm, question } from './screens/controls'
import { checksOf, chooseWorkflow } from './screens/draft'
import { addText, beginCampaign, goOn, selectYields, startRuns } from './screens/lead-campaign'
import { saveKey, sourceCard, testKey } from './screens/settings'
import { untilTime } from './support/clock'
import type { Database } from './support/database'
import { createSequence, furnish } from './support/furnish'
import { expect, test } from './support/installation'

// A day passes in half a minute.
test.use({ installation: { name: 'finding-leads', clock: { start: '2026-03-02T08:00:00Z', speed: 2_880 } } })
test.describe.configure({ mode: 'serial' })

const HOUR_MS = 3_600_000
let api: ApiClient

test.beforeAll(async ({ app }) => {
  api = await furnish(app)
})
test.beforeEach(({ page }) => signIn(page))

const finishedRuns = (database: Database, id: string) =>
  database.count("lead_generation_runs WHERE campaign_id = $1 AND status NOT IN ('pending', 'running')", [id])
const untilRuns = (database: Database, id: string, runs: number) =>
  expect.poll(() => finishedRuns(database, id), { timeout: 240_000 }).toBeGreaterThanOrEqual(runs)

/** When the next run is due. */
const nextRun = async (database: Database, id: string) => {
  const at = await database.nextRunOf(id)
  if (!at) throw new Error('No run is due')
  return at
}

test('a wrong key is said in plain words on its card, and the right one with its plan', async ({ page }) => {
  await page.goto('/settings/lead-sources')
  await expect(sourceCard(page, 'Hunter')).toContainText('Sample data source')
  await saveKey(page, 'Hunter', 'not-the-key-0123456789')
  await testKey(page, 'Hunter')
  await expect(sourceCard(page, 'Hunter')).toContainText('Hunter does not accept this key.')
  await expect(sourceCard(page, 'Hunter')).toContainText('Does not work')
  await expect(sourceCard(page, 'Hunter')).not.toContainText('not-the-key')
  await expect(sourceCard(page, 'Apollo')).toContainText('Not tested yet')

  await saveKey(page, 'Hunter', 'sample-key')
  await testKey(page, 'Hunter')
  await expect(sourceCard(page, 'Hunter')).toContainText('The key works. Plan:')
  await expect(sourceCard(page, 'Hunter')).toContainText('left')
})

test('leads are found on a schedule: created, run, paused, resumed, stopped', async ({ page, database }) => {
  test.setTimeout(600_000)
  const id = await test.step('create it, step by step', async () => {
    const id = await beginCampaign(page, { type: 'Lead generation', name: 'Owners in Hamburg' })
    await page.getByRole('checkbox', { name: 'Apollo' }).check()
    await page.getByRole('checkbox', { name: 'Hunter' }).check()
    await addText(page, 'Job titles', 'Owner')
    await page.getByRole('radio', { name: 'Hunter finds them' }).check()
    await page.getByLabel('City').fill('Hamburg')
    await goOn(page, 'Amount & schedule')
    await page.getByLabel('Leads per run').fill('20')
    await page.getByRole('radio', { name: 'Again and again' }).check()
    await goOn(page, 'Review')
    await expect(page.getByRole('region', { name: 'Who would be found' })).toContainText(/\d people fit/)
    await expect(page.getByRole('table', { name: 'Samples from Apollo' }).locator('tbody tr')).toHaveCount(5)
    await expect(checksOf(page).filter({ hasText: 'Must be fixed' })).toHaveCount(0)
    expect(await database.count('lead_generation_runs')).toBe(0)
    await startRuns(page, 'Start: up to 40 leads per run')
    return id
  })

  await test.step('its run sums up, on the screen as in the database', async () => {
    await untilRuns(database, id, 1)
    const run = await database.firstRunOf(id)
    await page.goto(`/campaigns/${id}?tab=runs`)
    await page.locator(`a[href*="run=${run.id}"]`).click()
    await expect(page.getByRole('heading', { name: /^Run of/ })).toBeVisible()
    const shown = await selectYields(page)
    expect(shown.map(({ source }) => source)).toEqual(['Apollo', 'Hunter'])
    for (const { found, added, duplicate, invalid, suppressed, overCap } of shown) {
      expect(found).toBe(added + duplicate + invalid + suppressed + overCap)
      expect(added).toBeGreaterThan(0)
    }
    expect(shown.reduce((sum, { added }) => sum + added, 0)).toBe(run.added)
    await page.locator(`a[href="/leads/batches/${run.batch_id}"]`).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Owners in Hamburg')
    await expect(page.getByRole('main')).toContainText(`${run.added} leads`)
  })

  await test.step('paused, no run begins, though one is due', async () => {
    await page.goto(`/campaigns/${id}`)
    await pause(page)
    await expect(page.getByText('No source is asked: the campaign is paused.')).toBeVisible()
    const runs = await database.count('lead_generation_runs WHERE campaign_id = $1', [id])
    await untilTime(database, new Date((await nextRun(database, id)).getTime() + 3 * HOUR_MS))
    expect(await database.count('lead_generation_runs WHERE campaign_id = $1', [id])).toBe(runs)

    await page.getByRole('button', { name: 'Resume' }).click()
    await expect(question(page)).toContainText('of those missed meanwhile, one is made')
    await confirm(page, 'Resume')
    await expect(statusOnScreen(page, 'Running')).toBeVisible()
    await untilRuns(database, id, runs + 1)
  })

  await test.step('stopped, it keeps what it found', async () => {
    const leads = await database.count('leads')
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect(question(page)).toContainText('Stop “Owners in Hamburg”? This')
    await confirm(page, 'Stop campaign')
    await expect(page.getByText('Nothing happens any more: the campaign was stopped.')).toBeVisible()
    expect(await database.statusOf(id)).toBe('completed')
    expect(await database.count('leads')).toBeGreaterThanOrEqual(leads)
  })
})

test('leads are found and written to in one campaign, which runs on between its runs', async ({ page, database }) => {
  test.setTimeout(600_000)
  await createSequence(api, { name: 'One touch', days: [0] })
  const id = await test.step('create it, step by step', async () => {
    const id = await beginCampaign(page, { type: 'Fully automated', name: 'Directors in Berlin' })
    await page.getByRole('checkbox', { name: 'Apollo' }).check()
    await addText(page, 'Job titles', 'Managing Director')
    await addText(page, 'Where the companies are', 'Berlin, Germany')
    await goOn(page, 'Amount & schedule')
    await page.getByLabel('Leads per run').fill('5')
    await page.getByRole('radio', { name: 'Again and again' }).check()
    await goOn(page, 'Sequence')
    await chooseWorkflow(page, 'One touch')
    await goOn(page, 'Mailboxes')
    await goOn(page, 'Review')
    await expect(page.getByRole('region', { name: 'After each run' })).toContainText(
      'The leads of each run get their first email as soon as the run has ended',
    )
    await startRuns(page, 'Start: up to 5 leads per run')
    return id
  })

  await test.step('both halves fill', async () => {
    await untilRuns(database, id, 1)
    await expect.poll(async () => (await database.ledgerOf(id)).sent, { timeout: 240_000 }).toBeGreaterThan(0)
    // Open since the start, the page has followed: no tab stays behind.
    await expect(page.getByRole('link', { name: /^Leads\s*[1-9]/ })).toBeVisible()
    await expect(page.getByRole('link', { name: /^Runs\s*[1-9]/ })).toBeVisible()
    await openCampaign(page, id)
    await expect(page.getByRole('region', { name: 'Leads found' })).toBeVisible()
    await expectInStep(page, database, id)
  })

  await test.step('with every email sent, it runs on until the next run', async () => {
    await expect.poll(async () => database.ledgerOf(id), { timeout: 240_000 }).toMatchObject({ pending: 0, sending: 0 })
    expect(await database.statusOf(id)).toBe('running')
    await openCampaign(page, id)
    await expect(statusOnScreen(page, 'Running')).toBeVisible()
    await expect(page.getByText(/Next run|A run is/).first()).toBeVisible()
  })

  await test.step('its last day can be changed, and the next run stays', async () => {
    const next = await nextRun(database, id)
    await page.getByRole('button', { name: 'Change the last day' }).click()
    await question(page).getByLabel('Last day').fill('2001-01-01')
    await question(page).getByRole('button', { name: 'Save' }).click()
    await expect(question(page)).toContainText('The last day is over already. Nothing was changed.')
    await question(page).getByLabel('Last day').fill('2099-12-31')
    await confirm(page, 'Save')
    await expect(page.getByText('The last day is changed.')).toBeVisible()
    await expect(page.getByRole('complementary', { name: 'Next, problems and activity' })).toContainText('31 Dec 2099')
    expect((await nextRun(database, id)).getTime()).toBeGreaterThanOrEqual(next.getTime())
  })

  await test.step('paused over the next run, resumed, stopped', async () => {
    await pause(page)
    const runs = await database.count('lead_generation_runs WHERE campaign_id = $1', [id])
    await untilTime(database, new Date((await nextRun(database, id)).getTime() + 2 * HOUR_MS))
    expect(await database.count('lead_generation_runs WHERE campaign_id = $1', [id])).toBe(runs)
    await page.getByRole('button', { name: 'Resume' }).click()
    await confirm(page, 'Resume')
    await untilRuns(database, id, runs + 1)
    await page.getByRole('button', { name: 'Stop' }).click()
    await question(page).getByRole('button', { name: /^Stop/ }).click()
    await expect(page.getByText('Nothing happens any more: the campaign was stopped.')).toBeVisible()
    expect(await database.statusOf(id)).toBe('completed')
    expect(await database.ledgerOf(id)).toMatchObject({ pending: 0 })
  })
})
