import type { Page } from 'playwright/test'
import { signIn } from '../screens/account'
import { expectAccessible, expectNoSidewaysScroll } from '../support/axe'
import { furnish, importBatch } from '../support/furnish'
import { expect, test } from '../support/installation'
import { untilSettled } from '../support/pages'
import { people } from '../support/people'

// What a person has chosen in a list: rows, columns and views, and where it is found again.
test.use({ installation: { name: 'choices', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

const LEADS = 64
const CHOSEN = 52

test.beforeAll(async ({ app }) => {
  const api = await furnish(app)
  await importBatch(api, 'Fair in Kiel', people(LEADS))
  const { leads } = await api.leads.list.query({ pageSize: 100 })
  await api.leads.setStatus.mutate({ ids: leads.slice(0, CHOSEN).map(({ id }) => id), status: 'not_interested' })
})
test.beforeEach(({ page }) => signIn(page))

const bar = (page: Page) => page.getByRole('region', { name: 'Chosen leads' })
const ticked = (page: Page) => page.getByRole('checkbox', { name: /^Select .*@/, checked: true })
const expectFound = (page: Page, leads: number) =>
  expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(`${leads} leads`)
const header = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true })
const columns = (page: Page) => page.getByRole('dialog', { name: 'Columns' })
const views = (page: Page) => page.getByRole('dialog', { name: 'Views' })

async function chooseColumns(page: Page, choose: (dialog: ReturnType<typeof columns>) => Promise<void>) {
  await page.getByRole('button', { name: 'Columns' }).click()
  await choose(columns(page))
  await page.keyboard.press('Escape')
  await expect(columns(page)).toBeHidden()
}

async function saveView(page: Page, name: string) {
  await page.getByRole('button', { name: 'Views' }).click()
  await views(page).getByLabel('Keep what is shown now as').fill(name)
  await page.keyboard.press('Enter')
  await expect(views(page).getByRole('link', { name })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(views(page)).toBeHidden()
}

async function openView(page: Page, name: string) {
  await page.getByRole('button', { name: 'Views' }).click()
  await views(page).getByRole('link', { name }).click()
  await expect(views(page)).toBeHidden()
}

const allLeads = (page: Page) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Leads' }).click()

async function filterByStatus(page: Page) {
  await page.getByRole('link', { name: `Not interested ${CHOSEN}` }).click()
  await expect(page).toHaveURL(/status=not_interested/)
  await expectFound(page, CHOSEN)
}

/** Everybody who said no, and not only those of the page. */
async function chooseAllThatMatch(page: Page) {
  await page.getByRole('checkbox', { name: 'Select all leads on this page' }).check()
  await bar(page)
    .getByRole('button', { name: `Select all ${CHOSEN} that match` })
    .click()
  await expect(bar(page)).toContainText(`All ${CHOSEN} that match are selected`)
}

async function expectNothingChosen(page: Page, found: number) {
  await expectFound(page, found)
  await expect(bar(page)).toBeHidden()
  await expect(ticked(page)).toHaveCount(0)
}

test('what was chosen under a filter is chosen no more when the list shows another', async ({ page }) => {
  await page.goto('/leads')
  await filterByStatus(page)
  await chooseAllThatMatch(page)
  await allLeads(page)
  await expectNothingChosen(page, LEADS)
  // Nor does the way back bring it again.
  await page.goBack()
  await expectNothingChosen(page, CHOSEN)
  await chooseAllThatMatch(page)
  await page.goForward()
  await expectNothingChosen(page, LEADS)
})

test('single rows stay chosen from page to page, and not from filter to filter', async ({ page }) => {
  await page.goto('/leads')
  await filterByStatus(page)
  const boxes = page.getByRole('checkbox', { name: /^Select .*@/ })
  await boxes.first().check()
  await page.getByRole('link', { name: 'Next' }).click()
  await expect(page).toHaveURL(/after=/)
  await expect(boxes).toHaveCount(CHOSEN - 50)
  await boxes.first().check()
  await expect(bar(page)).toContainText('2 selected')
  await page.goBack()
  await expect(ticked(page)).toHaveCount(1)
  await allLeads(page)
  await expectNothingChosen(page, LEADS)
})

test('a view keeps the columns that were shown when it was saved, chosen or standard ones', async ({ page }) => {
  await page.goto('/leads')
  await chooseColumns(page, (dialog) => dialog.getByRole('checkbox', { name: 'Source' }).check())
  await expect(header(page, 'Source')).toBeVisible()
  // Away and back: the address names no columns, the browser has kept them.
  await page.goto('/templates')
  await untilSettled(page)
  await page.goto('/leads')
  await expect(header(page, 'Source')).toBeVisible()
  await saveView(page, 'With source')
  await chooseColumns(page, (dialog) => dialog.getByRole('button', { name: 'Standard columns' }).click())
  await expect(header(page, 'Source')).toBeHidden()
  await page.goto('/leads')
  await expect(header(page, 'Place')).toBeVisible()
  await saveView(page, 'As it comes')
  await chooseColumns(page, (dialog) => dialog.getByRole('checkbox', { name: 'Place' }).uncheck())
  await expect(header(page, 'Place')).toBeHidden()
  await page.goto('/leads')
  await openView(page, 'With source')
  await expect(header(page, 'Source')).toBeVisible()
  await expect(header(page, 'Place')).toBeVisible()
  await openView(page, 'As it comes')
  await expect(header(page, 'Source')).toBeHidden()
  await expect(header(page, 'Place')).toBeVisible()
  // A view changes nothing of what was chosen last.
  await page.goto('/leads')
  await expect(header(page, 'Place')).toBeHidden()
})

test('batches have columns and views, too: kept, in the address of their pages, and none at all', async ({ page }) => {
  await page.goto('/leads/batches')
  await chooseColumns(page, async (dialog) => {
    await dialog.getByRole('checkbox', { name: 'Campaigns' }).uncheck()
    await dialog.getByRole('checkbox', { name: 'Made' }).uncheck()
  })
  await expect(header(page, 'Leads')).toBeVisible()
  await expect(header(page, 'Made')).toBeHidden()
  await saveView(page, 'Sizes')
  await chooseColumns(page, async (dialog) => {
    for (const name of ['In use by', 'Leads']) await dialog.getByRole('checkbox', { name }).uncheck()
  })
  await expect(page.getByRole('columnheader')).toHaveText(['Batch'])
  await page.goto('/leads/batches')
  await expect(page.getByRole('columnheader')).toHaveText(['Batch'])
  await openView(page, 'Sizes')
  await expect(header(page, 'Leads')).toBeVisible()
  await expect(header(page, 'Made')).toBeHidden()
  // The choice of one list is none of another's.
  await page.goto('/leads')
  await expect(header(page, 'Status')).toBeVisible()
})

test('acts on many leads stay within reach, each with its Undo, whatever came after', async ({ page }) => {
  for (const status of ['Interested', 'Converted']) {
    await page.goto('/leads')
    await page.getByRole('checkbox', { name: 'Select all leads on this page' }).check()
    await bar(page)
      .getByRole('button', { name: `Select all ${LEADS} that match` })
      .click()
    await bar(page).getByRole('button', { name: 'Set status' }).click()
    await page.getByRole('menuitem', { name: status, exact: true }).click()
    await page.getByRole('button', { name: `Set ${LEADS} leads` }).click()
    await expect(page.getByText(`${LEADS} leads set to “${status}”.`)).toBeVisible()
  }
  await page
    .getByRole('navigation', { name: 'Leads, batches, imports and bulk actions' })
    .getByRole('link', { name: 'Bulk actions' })
    .click()
  const acts = page.getByRole('region', { name: 'Bulk actions' }).getByRole('listitem')
  await expect(acts).toHaveText([/set to “Converted”/, /set to “Interested”/])
  for (const [width, height] of [
    [1280, 900],
    [360, 740],
  ] as const) {
    await page.setViewportSize({ width, height })
    await untilSettled(page)
    await expectNoSidewaysScroll(page, `acts, ${width} px`)
    await expectAccessible(page, { what: `acts, ${width} px` })
  }
  await acts.filter({ hasText: 'Converted' }).getByRole('button', { name: 'Undo' }).click()
  await expect(acts.first()).toContainText('given back the status of before')
  // The first undo has moved them since: the second leaves them as that has left them, and says so.
  await acts
    .filter({ hasText: /set to “Interested”/ })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(acts).toHaveCount(4)
  await expect(acts.first()).toContainText(`${LEADS} left out: changed, or in a conversation, since`)
})
