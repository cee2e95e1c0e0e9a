import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright/test'
import { signIn } from '../screens/account'
import { furnish, importBatch } from '../support/furnish'
import { expect, test } from '../support/installation'
import { untilSettled } from '../support/pages'
import { people } from '../support/people'
import { expectUsable } from '../support/usable'

// What is done with all that match at once, by mouse and by keyboard, and lists as files.
test.use({ installation: { name: 'mass-work', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

const LEADS = 64

test.beforeAll(async ({ app }) => {
  const api = await furnish(app)
  await importBatch(api, 'Fair in Kiel', people(LEADS))
  await api.campaigns.create.mutate({ name: 'Old idea', batchIds: [] })
})
test.beforeEach(({ page }) => signIn(page))

const bar = (page: Page) => page.getByRole('region', { name: 'Chosen leads' })
const acts = (page: Page) => page.getByRole('region', { name: 'Bulk actions' })
const linesOf = async (download: Download) =>
  (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n').slice(1)

/** Chooses every lead that matches, and not only those of the page. */
async function chooseAll(page: Page) {
  await page.goto('/leads')
  await page.getByRole('checkbox', { name: 'Select all leads on this page' }).check()
  await expect(bar(page)).toContainText('50 selected')
  await bar(page)
    .getByRole('button', { name: `Select all ${LEADS} that match` })
    .click()
  await expect(bar(page)).toContainText(`All ${LEADS} that match are selected`)
}

test('a status is set for all that match, with what it did, and taken back by Undo', async ({ page }) => {
  await chooseAll(page)
  await expect(page.getByRole('checkbox', { name: /^Select .*@/ }).first()).toBeChecked()
  await expectUsable(page, 'all selected')
  await bar(page).getByRole('button', { name: 'Set status' }).click()
  await page.getByRole('menuitem', { name: 'Interested', exact: true }).click()
  const dialog = page.getByRole('alertdialog', { name: `Set ${LEADS} leads to “Interested”?` })
  await expect(dialog).toBeVisible()
  await expectUsable(page, 'question of a status', { popupOpen: true })
  await dialog.getByRole('button', { name: `Set ${LEADS} leads` }).click()
  await expect(acts(page)).toContainText(`${LEADS} leads set to “Interested”.`)
  await expect(bar(page)).toBeHidden()
  await expect(page.getByRole('link', { name: `Interested ${LEADS}` })).toBeVisible()
  await expectUsable(page, 'act that is over')
  await acts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(acts(page)).toContainText(`${LEADS} leads given back the status of before.`)
  await expect(page.getByRole('link', { name: `New ${LEADS}` })).toBeVisible()
  await acts(page).getByRole('button', { name: 'Close' }).click()
  await expect(acts(page)).toBeHidden()
  await page.reload()
  await untilSettled(page)
  await expect(acts(page)).toBeHidden()
})

test('all that match join a new batch, by keyboard', async ({ page }) => {
  await page.goto('/leads')
  await page.getByRole('checkbox', { name: 'Select all leads on this page' }).focus()
  await page.keyboard.press('Space')
  await bar(page)
    .getByRole('button', { name: `Select all ${LEADS} that match` })
    .focus()
  await page.keyboard.press('Enter')
  await expect(bar(page)).toContainText(`All ${LEADS} that match are selected`)
  await bar(page).getByRole('button', { name: 'Add to batch' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: `Add ${LEADS} leads to a batch` })
  await dialog.getByRole('radio', { name: 'A new batch' }).check()
  await dialog.getByLabel('Name').fill('Everybody')
  await dialog.getByRole('button', { name: `Add ${LEADS} leads` }).focus()
  await page.keyboard.press('Enter')
  await expect(acts(page)).toContainText(`${LEADS} leads added to “Everybody”.`)
})

test('lists are files: all that match, the chosen ones, and other lists', async ({ page }) => {
  await page.goto('/leads')
  const fileOf = async (press: () => Promise<void>) => {
    const coming = page.waitForEvent('download')
    await press()
    return linesOf(await coming)
  }
  expect(await fileOf(() => page.getByRole('link', { name: 'Export CSV' }).click())).toHaveLength(LEADS)
  await page
    .getByRole('checkbox', { name: /^Select .*@/ })
    .first()
    .check()
  expect(await fileOf(() => bar(page).getByRole('button', { name: 'Export CSV' }).click())).toHaveLength(1)
  await page.goto('/leads/batches')
  expect(await fileOf(() => page.getByRole('link', { name: 'Export CSV' }).click())).toHaveLength(2)
  await page.goto('/settings/audit')
  const lines = await fileOf(() => page.getByRole('link', { name: 'Export CSV' }).click())
  expect(lines.some((line) => line.includes('Exported,Leads,done'))).toBe(true)
})

test('columns are chosen and kept, and a view brings them back with its filters', async ({ page }) => {
  await page.goto('/leads?search=kiel')
  const columns = page.getByRole('dialog', { name: 'Columns' })
  await page.getByRole('button', { name: 'Columns' }).click()
  await columns.getByRole('checkbox', { name: 'Source' }).check()
  await columns.getByRole('checkbox', { name: 'Place' }).uncheck()
  await expectUsable(page, 'choice of columns', { popupOpen: true })
  await columns.getByRole('button', { name: 'Close' }).last().click()
  const header = (name: string) => page.getByRole('columnheader', { name, exact: true })
  await expect(header('Source')).toBeVisible()
  await expect(header('Place')).toBeHidden()
  await expect(page).toHaveURL(/columns=company%2Cstatus|columns=company,status/)
  await page.getByRole('button', { name: 'Views' }).click()
  const views = page.getByRole('dialog', { name: 'Views' })
  await views.getByLabel('Keep what is shown now as').fill('From Kiel')
  await page.keyboard.press('Enter')
  await expect(views.getByRole('link', { name: 'From Kiel' })).toBeVisible()
  await expectUsable(page, 'views', { popupOpen: true })
  // Kept for a list whose address names none.
  await page.goto('/leads')
  await expect(header('Source')).toBeVisible()
  await page.getByRole('button', { name: 'Columns' }).click()
  await columns.getByRole('button', { name: 'Standard columns' }).click()
  await page.keyboard.press('Escape')
  await expect(header('Place')).toBeVisible()
  await page.getByRole('button', { name: 'Views' }).click()
  await views.getByRole('link', { name: 'From Kiel' }).click()
  await expect(page).toHaveURL(/search=kiel/)
  await expect(header('Source')).toBeVisible()
  await page.getByRole('button', { name: 'Views' }).click()
  await views.getByRole('button', { name: 'Delete view From Kiel' }).click()
  await expect(views.getByRole('link', { name: 'From Kiel' })).toBeHidden()
})

test('a campaign is archived and brought back', async ({ page }) => {
  await page.goto('/campaigns')
  await page.getByRole('button', { name: 'More for Old idea' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(page.getByText('Archived.', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Archived 1' }).click()
  await expect(page.getByRole('link', { name: 'Old idea' })).toBeVisible()
  await expectUsable(page, 'archive')
  await page.getByRole('button', { name: 'More for Old idea' }).click()
  await page.getByRole('menuitem', { name: 'Take out of the archive' }).click()
  await expect(page.getByText('No campaign matches.')).toBeVisible()
  await page.goto('/campaigns')
  await expect(page.getByRole('link', { name: 'Old idea' })).toBeVisible()
})

test('what cannot be taken back is typed: suppressed, then deleted, with who was left as it was', async ({ page }) => {
  await chooseAll(page)
  await bar(page).getByRole('button', { name: 'Suppress' }).click()
  await page.getByRole('button', { name: `Suppress ${LEADS} leads` }).click()
  await expect(acts(page)).toContainText(`${LEADS} addresses put on the suppression list.`)
  await chooseAll(page)
  await bar(page).getByRole('button', { name: 'Delete' }).click()
  const confirm = page.getByRole('button', { name: `Delete ${LEADS} leads` })
  await expect(confirm).toBeDisabled()
  await page.getByLabel(`Type “delete ${LEADS}” to confirm`).fill(`delete ${LEADS}`)
  await expectUsable(page, 'question of a deletion', { popupOpen: true })
  await confirm.click()
  await expect(acts(page)).toContainText(`${LEADS} leads deleted.`)
  await expect(page.getByText('No leads yet.')).toBeVisible()
})
