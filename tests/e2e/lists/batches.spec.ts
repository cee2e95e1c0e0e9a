import type { Page } from 'playwright/test'
import { signIn } from '../screens/account'
import { createSequence, furnish, importBatch } from '../support/furnish'
import { expect, test } from '../support/installation'
import { untilSettled } from '../support/pages'
import { people } from '../support/people'
import { expectUsable } from '../support/usable'

// What is done inside a batch, and leads found by batch, source and day.
test.use({ installation: { name: 'batches', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

const LEADS = 64
const ids = { fair: '', late: '', used: '' }

test.beforeAll(async ({ app }) => {
  const api = await furnish(app)
  const all = people(LEADS + 5)
  ids.fair = await importBatch(api, 'Fair in Kiel', all.slice(0, LEADS))
  ids.late = await importBatch(api, 'Latecomers', all.slice(LEADS, LEADS + 3))
  await api.leads.create.mutate({ email: 'hand@made.example', contactName: 'Hanna Hand' })
  const workflowId = await createSequence(api, { name: 'Two', days: [0, 3] })
  ids.used = await importBatch(api, 'In use', all.slice(LEADS + 3))
  const { id } = await api.campaigns.create.mutate({ name: 'Spring', batchIds: [ids.used], workflowId })
  await api.campaigns.start.mutate({ campaignId: id })
})
test.beforeEach(({ page }) => signIn(page))

const bar = (page: Page) => page.getByRole('region', { name: 'Chosen leads' })
const acts = (page: Page) => page.getByRole('region', { name: 'Bulk actions' })

test('all that match in a batch leave it, and come back by Undo', async ({ page }) => {
  await page.goto(`/leads/batches/${ids.fair}`)
  await page.getByRole('checkbox', { name: 'Select all leads on this page' }).check()
  await bar(page)
    .getByRole('button', { name: `Select all ${LEADS} that match` })
    .click()
  await expect(bar(page)).toContainText(`All ${LEADS} that match are selected`)
  await expectUsable(page, 'all of a batch selected')
  await bar(page).getByRole('button', { name: 'Take out of this batch' }).click()
  const dialog = page.getByRole('alertdialog', { name: `Take ${LEADS} leads out of the batch?` })
  await expect(dialog).toContainText('The leads stay, also in other batches. Undo puts them back.')
  await expectUsable(page, 'question of leaving a batch', { popupOpen: true })
  await dialog.getByRole('button', { name: `Take out ${LEADS} leads` }).click()
  await expect(acts(page)).toContainText(`${LEADS} leads taken out of “Fair in Kiel”.`)
  await expect(page.getByText('This batch is empty.')).toBeVisible()
  await acts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(acts(page)).toContainText(`${LEADS} leads put back into “Fair in Kiel”.`)
  await expect(
    page
      .getByText(`1–50`)
      .or(page.getByText(`${LEADS} leads`))
      .first(),
  ).toBeVisible()
})

test('one lead is taken out of a batch, by the bar of the chosen', async ({ page }) => {
  await page.goto(`/leads/batches/${ids.late}`)
  await page
    .getByRole('checkbox', { name: /^Select .*@/ })
    .first()
    .check()
  await bar(page).getByRole('button', { name: 'Take out of this batch' }).click()
  await page.getByRole('button', { name: 'Take out 1 lead' }).click()
  await expect(acts(page)).toContainText('1 lead taken out of “Latecomers”.')
  await expect(page.getByRole('checkbox', { name: /^Select .*@/ })).toHaveCount(2)
})

test('a batch in use says how leads join its campaign, and that emails of those who leave it stay planned', async ({
  page,
}) => {
  await page.goto(`/leads/batches/${ids.used}`)
  await expect(page.getByText('join the campaign by a change of it')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Select all leads on this page' }).check()
  await bar(page).getByRole('button', { name: 'Take out of this batch' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Take 2 leads out of the batch?' })
  await expect(dialog).toContainText('emails that a campaign of this batch has planned for them stay planned')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'Change the campaign' }).click()
  await expect(page.getByRole('heading', { name: 'Batches to add' })).toBeVisible()
})

test('leads are found by batch, source and day, and the filters are taken away again', async ({ page }) => {
  await page.goto('/leads')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Filter leads' })
  await dialog.getByRole('combobox', { name: 'Source' }).click()
  await page.getByRole('option', { name: 'Added by hand' }).click()
  await expectUsable(page, 'filters of leads', { popupOpen: true })
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('link', { name: 'Hanna Hand' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /^Select .*@/ })).toHaveCount(1)
  await expectUsable(page, 'filtered leads')
  await page.getByRole('button', { name: 'Remove filter: Source Added by hand' }).click()
  await expect(page.getByRole('checkbox', { name: /^Select .*@/ })).toHaveCount(50)
  await page.goto(`/leads?batch=${ids.late}&addedFrom=2026-03-02`)
  await expect(page.getByRole('button', { name: 'Remove filter: Batch “Latecomers”' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /^Select .*@/ })).toHaveCount(2)
  await page.goto('/leads?addedTo=2026-03-01')
  await expect(page.getByText('No lead matches.')).toBeVisible()
})

test('j, k, x and Enter walk through the list, choose a row and open it', async ({ page }) => {
  await page.goto(`/leads/batches/${ids.late}`)
  await untilSettled(page)
  const boxes = page.getByRole('checkbox', { name: /^Select .*@/ })
  await expect(boxes).toHaveCount(2)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(boxes.nth(1)).toBeChecked()
  await expectUsable(page, 'row that has the focus')
  await page.keyboard.press('k')
  await page.keyboard.press('x')
  await expect(boxes.nth(0)).toBeChecked()
  await page.keyboard.press('x')
  await expect(boxes.nth(0)).not.toBeChecked()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/leads\/[0-9a-f-]{36}$/)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toContainText('Choose the row')
})

test('a batch is deleted with the leads that nothing else needs, which is typed', async ({ page }) => {
  await page.goto(`/leads/batches/${ids.fair}`)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete batch…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Delete the batch “Fair in Kiel”?' })
  await dialog.getByRole('radio', { name: `Also delete ${LEADS} leads that nothing else needs` }).check()
  await expectUsable(page, 'question of a batch with its leads', { popupOpen: true })
  const confirm = dialog.getByRole('button', { name: `Delete batch and ${LEADS} leads` })
  await expect(confirm).toBeDisabled()
  await dialog.getByLabel(`Type “delete ${LEADS}” to confirm`).fill(`delete ${LEADS}`)
  await confirm.click()
  await expect(page.getByText('Batch “Fair in Kiel” deleted.')).toBeVisible()
  await page.goto('/leads')
  await expect(acts(page)).toContainText(`${LEADS} leads deleted.`)
  await expect(page.getByRole('link', { name: 'Hanna Hand' })).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /^Select .*@/ })).toHaveCount(6)
})
