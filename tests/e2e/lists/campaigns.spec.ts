import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { signIn } from '../screens/account'
import { createSequence, furnish, importBatch } from '../support/furnish'
import { expect, test } from '../support/installation'
import { people } from '../support/people'
import { expectUsable } from '../support/usable'

// What is done with many campaigns at once, and the order of their list.
test.use({ installation: { name: 'campaign-lists', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

const DRAFTS = 27
let running = ''

test.beforeAll(async ({ app }) => {
  const api = await furnish(app)
  const workflowId = await createSequence(api, { name: 'Two', days: [0, 3] })
  const all = people(6)
  for (const [index, name] of ['Alpha', 'Beta'].entries()) {
    const batchId = await importBatch(api, `Batch of ${name}`, all.slice(3 * index, 3 * index + 3))
    const { id } = await api.campaigns.create.mutate({ name, batchIds: [batchId], workflowId })
    await api.campaigns.start.mutate({ campaignId: id })
    running = id
  }
  for (let index = 1; index <= DRAFTS; index++)
    await api.campaigns.create.mutate({ name: `Idea ${String(index).padStart(2, '0')}`, batchIds: [] })
})
test.beforeEach(({ page }) => signIn(page))

const bar = (page: Page) => page.getByRole('region', { name: 'Chosen campaigns' })
const select = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true })

test('the list is sorted by its columns', async ({ page }) => {
  await page.goto('/campaigns')
  const names = page.locator('tbody .row-link')
  await page
    .getByRole('columnheader', { name: /^Campaign/ })
    .getByRole('link')
    .click()
  await expect(names.first()).toContainText('Alpha')
  await page
    .getByRole('columnheader', { name: /^Campaign/ })
    .getByRole('link')
    .click()
  await expect(names.first()).toContainText(`Idea ${DRAFTS}`)
  await page
    .getByRole('columnheader', { name: /^Status/ })
    .getByRole('link')
    .click()
  await expect(names.nth(1)).toContainText(/Alpha|Beta/)
  await expect(page).toHaveURL(/sort=status/)
})

test('running campaigns among the chosen are paused together and go on by one Undo', async ({ page }) => {
  await page.goto('/campaigns?sort=name')
  for (const name of ['Alpha', 'Beta', 'Idea 01']) await select(page, name).check()
  await expect(bar(page)).toContainText('3 selected')
  await expectUsable(page, 'chosen campaigns')
  await bar(page).getByRole('button', { name: 'Pause 2' }).click()
  await expect(page.getByText('2 campaigns paused.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Paused 2' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('2 campaigns resumed.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Running 2' })).toBeVisible()
})

test('a resume of many says before what it would do, and who refuses is named', async ({ page, app }) => {
  await page.goto('/campaigns?sort=name')
  for (const name of ['Alpha', 'Beta']) await select(page, name).check()
  await bar(page).getByRole('button', { name: 'Pause 2' }).click()
  await expect(page.getByText('2 campaigns paused.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Paused 2' })).toBeVisible()
  for (const name of ['Alpha', 'Beta']) await select(page, name).check()
  await bar(page).getByRole('button', { name: 'Resume 2…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Resume 2 campaigns?' })
  await expect(question).toContainText(/emails? stays? planned|moves? later/)
  await expectUsable(page, 'question of many resumes', { popupOpen: true })
  // Somebody else is faster with one of them.
  const other = await page.context().newPage()
  await other.goto(`${app.url}/campaigns/${running}`)
  await other.getByRole('button', { name: 'Resume' }).click()
  await other
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Resume/ })
    .click()
  await expect(other.getByRole('button', { name: 'Pause' })).toBeVisible()
  await other.close()
  await question.getByRole('button', { name: 'Resume 2 campaigns' }).click()
  const ended = page.getByRole('dialog', { name: '1 campaign resumed.' })
  await expect(ended).toContainText('1 campaign refused.')
  await expect(ended).toContainText('"Beta" is already running. Nothing was changed.')
  await expectUsable(page, 'campaigns that refused', { popupOpen: true })
  await ended.getByRole('button', { name: 'Close' }).last().click()
})

test('all that match are duplicated and archived, each with one Undo', async ({ page }) => {
  await page.goto('/campaigns?search=Idea')
  const chooseAll = async () => {
    await page.getByRole('checkbox', { name: 'Select all campaigns on this page' }).check()
    await bar(page)
      .getByRole('button', { name: `Select all ${DRAFTS} that match` })
      .click()
    await expect(bar(page)).toContainText(`All ${DRAFTS} that match are selected`)
  }
  await chooseAll()
  await bar(page)
    .getByRole('button', { name: `Archive ${DRAFTS}` })
    .click()
  await expect(page.getByText(`${DRAFTS} campaigns archived.`)).toBeVisible()
  await expect(page.getByRole('link', { name: `Archived ${DRAFTS}` })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(`${DRAFTS} campaigns back on the list.`)).toBeVisible()
  await chooseAll()
  await bar(page)
    .getByRole('button', { name: `Duplicate ${DRAFTS}` })
    .click()
  await expect(page.getByText(`${DRAFTS} campaigns duplicated as drafts.`)).toBeVisible()
  await expect(page.getByRole('link', { name: `Draft ${2 * DRAFTS}` })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(page.getByRole('link', { name: `Draft ${DRAFTS}` })).toBeVisible()
})

test('the leads of one campaign are a file', async ({ page }) => {
  await page.goto(`/campaigns/${running}?tab=leads`)
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export CSV' }).click()
  const lines = (await readFile(await (await coming).path(), 'utf8')).trimEnd().split('\r\n')
  expect(lines[0]).toMatch(/^\W?email,first_name/)
  expect(lines).toHaveLength(4)
})

test('the suppression list, the runs and the inbox keep views and columns', async ({ page }) => {
  await page.goto('/settings/suppression')
  await expect(page.getByRole('button', { name: 'Columns' })).toBeVisible()
  await page.getByRole('button', { name: 'Views' }).click()
  const views = page.getByRole('dialog', { name: 'Views' })
  await views.getByLabel('Keep what is shown now as').fill('All of them')
  await page.keyboard.press('Enter')
  await expect(views.getByRole('link', { name: 'All of them' })).toBeVisible()
})
