import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import type { ApiClient } from '../../../scripts/lib/demo/api-client'
import { signIn } from '../screens/account'
import { expectAccessible, expectNoSidewaysScroll } from '../support/axe'
import { createSequence, furnish } from '../support/furnish'
import { expect, test } from '../support/installation'
import { untilSettled } from '../support/pages'

test.use({ installation: { name: 'imports', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

const LEADS = 50_000
const fileOf = (name: string, rows: number) => [
  'Email,First name,Company',
  ...Array.from({ length: rows }, (_, i) => `${name}${i}@import.example,Ada,Nord ${i}`),
]

let api: ApiClient
test.beforeAll(async ({ app }) => {
  api = await furnish(app)
})
test.beforeEach(({ page }) => signIn(page))

const status = (page: Page, words: string | RegExp) => page.getByRole('status').filter({ hasText: words })
const count = async (api: ApiClient) => (await api.leads.list.query({ pageSize: 1 })).total

/** Nothing is out of reach on a desk or on a telephone, by light or in the dark. */
async function expectUsable(page: Page, what: string) {
  for (const [width, height] of [
    [360, 740],
    [1280, 900],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await untilSettled(page)
      await expectNoSidewaysScroll(page, `${what}, ${width} px`)
      await expectAccessible(page, { what: `${what}, ${width} px, ${colorScheme}` })
      if (process.env.PICTURES)
        await page.screenshot({ path: `${process.env.PICTURES}/${what}-${width}-${colorScheme}.png`, fullPage: true })
    }
  }
}

test('50,000 rows are imported in the background, whoever leaves and whatever restarts, and rolled back', async ({
  page,
  database,
}) => {
  const lines = [...fileOf('big', LEADS), 'nobody,Bo,X', 'big7@import.example,Ada,Again']
  await page.goto('/leads/import')
  await page
    .getByLabel('CSV file', { exact: true })
    .setInputFiles({ name: 'big fair.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
  await page.getByRole('button', { name: 'Import 50,000 leads' }).click()
  await test.step('its page shows how far it is, after a reload as well', async () => {
    await expect(page).toHaveURL(/\/leads\/imports\/[0-9a-f-]{36}$/)
    await expect(page.getByRole('heading', { level: 1, name: 'big fair.csv' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: 'big fair.csv' })).toBeVisible()
  })
  await test.step('a worker that dies is followed by another', async () => {
    for (const { worker_id } of await database.rows('SELECT worker_id FROM worker_heartbeats'))
      process.kill(Number.parseInt(String(worker_id), 10), 'SIGKILL')
    await expect(status(page, '50,000 leads imported into “big fair”')).toBeVisible()
    expect(await count(api)).toBe(LEADS)
  })
  await test.step('the numbers add up, and what was left out is a file', async () => {
    const rows = page.getByRole('region', { name: 'Rows', exact: true })
    await expect(rows).toContainText('of 50,002 rows imported')
    await expect(rows).toContainText('50,000 new')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as CSV' }).click(),
    ])
    const file = await readFile(await download.path(), 'utf8')
    expect(file).toContain('nobody,Bo,X,50002,')
    expect(file).toContain('big7@import.example,Ada,Again,50003,Same address as in line 9')
    await expectUsable(page, 'import')
  })
  await test.step('rolled back by mouse', async () => {
    await page.getByRole('button', { name: 'Roll back…' }).click()
    const dialog = page.getByRole('alertdialog')
    await expect(dialog).toContainText('Take out 50,000 leads?')
    await expect(dialog.getByRole('button', { name: 'Roll back 50,000 leads' })).toBeDisabled()
    await dialog.getByLabel('Type “take out 50,000” to confirm').fill('take out 50,000')
    await dialog.getByRole('button', { name: 'Roll back 50,000 leads' }).click()
    await expect(status(page, 'Rolled back: 50,000 leads taken out')).toBeVisible()
    const card = page.getByRole('region', { name: 'Rollback' })
    await expect(card).toContainText('The batch “big fair” was empty and went with them.')
    expect(await count(api)).toBe(0)
    await expectUsable(page, 'rolled-back')
    await page.getByRole('link', { name: 'Imports' }).click()
    const row = page.getByRole('row', { name: /big fair\.csv/ })
    await expect(row).toContainText('Rolled back')
    await expect(row).toContainText('50,000')
    await expectUsable(page, 'imports')
  })
})

test('by keyboard alone: import, look, roll back; whoever a campaign has planned for stays', async ({ page }) => {
  const press = (key: string) => page.keyboard.press(key)
  const choose = async (name: string | RegExp, role: 'button' | 'link' = 'button') => {
    await page.getByRole(role, { name }).focus()
    await press('Enter')
  }
  await page.goto('/leads/import')
  await page.getByLabel('Rows').focus()
  await page.keyboard.insertText(fileOf('key', 2).join('\n'))
  await choose('Check rows')
  await page.getByLabel('Name', { exact: true }).focus()
  await press('ControlOrMeta+A')
  await page.keyboard.insertText('By keyboard')
  await choose('Import 2 leads')
  await expect(status(page, '2 leads imported into “By keyboard”')).toBeVisible()
  const [batch] = (await api.batches.list.query({ search: 'By keyboard' })).rows
  const workflowId = await createSequence(api, { name: 'Two touches', days: [0, 1] })
  const draft = { name: 'Plans', batchIds: [String(batch?.id)], workflowId, timezone: 'Europe/Berlin' }
  const { id: campaignId } = await api.campaigns.create.mutate(draft)
  await api.campaigns.start.mutate({ campaignId })
  await choose('Roll back…')
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('Take out 0 leads?')
  await expect(dialog).toContainText('stay')
  await press('Escape')
  await expect(dialog).toBeHidden()
  await choose('Roll back…')
  const confirm = dialog.getByRole('button', { name: 'Roll back 2 leads' })
  await expect(confirm).toBeEnabled()
  while (!(await confirm.evaluate((button) => button === document.activeElement))) await press('Tab')
  await press('Enter')
  await expect(status(page, 'Rolled back: 0 leads taken out')).toBeVisible()
  expect(await count(api)).toBe(2)
})
