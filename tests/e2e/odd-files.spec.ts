import { readFile } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { Locator, Page } from 'playwright/test'
import type { ApiClient } from '../../scripts/lib/demo/api-client'
import { signIn } from './screens/account'
import { furnish } from './support/furnish'
import { expect, test } from './support/installation'
import { expectUsable } from './support/usable'

// What a person decides about files, lists, templates and zones that come from elsewhere.
test.use({ installation: { name: 'odd-files', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

let api: ApiClient
test.beforeAll(async ({ app }) => {
  api = await furnish(app)
})
test.beforeEach(({ page }) => signIn(page))

async function choose(page: Page, name: string, content: string | Buffer) {
  await page.goto('/leads/import')
  const buffer = typeof content === 'string' ? Buffer.from(content) : content
  await page.getByLabel('CSV file', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer })
}

const card = (page: Page, name: string | RegExp): Locator => page.getByRole('region', { name })
const rowsOf = (page: Page) => page.getByRole('region', { name: 'Rows' })

async function pick(page: Page, field: string, option: RegExp) {
  await page.getByRole('combobox', { name: field }).click()
  await page.getByRole('option', { name: option }).click()
}

test('a file without names is imported whole; the line of names is chosen, and remembered for the next one', async ({
  page,
}) => {
  await choose(page, 'fair 1.csv', 'Bo,bo@fjell.example\nLiv,liv@delta.example\n')
  await expect(rowsOf(page)).toContainText('of 2 rows can be imported')
  await expect(page.getByRole('combobox', { name: 'Column names' })).toContainText('No line names the columns')
  await expectUsable(page, 'file without names')
  await choose(page, 'list.csv', 'Source,fair@own.example\nWhom,Where\nBo,bo@fjell.example\n')
  await pick(page, 'Column names', /^Line 2/)
  await expect(page.getByText('Line 1 stands above the column names and has an address')).toBeVisible()
  await expect(rowsOf(page)).toContainText('of 1 rows can be imported')
  await expectUsable(page, 'chosen line of names')
  await page.getByRole('button', { name: 'Import 1 lead' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'imported into' })).toBeVisible()
  await choose(page, 'other.csv', 'Source,shop@own.example\nWhom,Where\nLiv,liv@delta.example\n')
  await expect(page.getByText('Read as you chose for the last file of this kind')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Column names' })).toContainText('Line 2')
  await page.getByRole('button', { name: 'Find it anew' }).click()
  await expect(page.getByRole('combobox', { name: 'Column names' })).toContainText('No line names the columns')
})

test('an encoding that cannot be told is chosen by how the names read', async ({ page }) => {
  await choose(page, 'old.csv', iconv.encode('Email,Name\nana@sur.example,Ana Muñoz\n', 'windows-1252'))
  const ways = page.getByRole('list', { name: 'The same line in each encoding' })
  await expect(ways).toContainText('ana@sur.example,Ana Muñoz')
  await expect(ways).toContainText('ana@sur.example,Ana Muńoz')
  await expectUsable(page, 'encoding that cannot be told')
  await page.getByRole('button', { name: 'Read it as Windows-1252' }).click()
  await expect(rowsOf(page)).toContainText('of 1 rows can be imported')
  await expect(page.getByRole('table', { name: 'Columns of the file' })).toContainText('Ana Muñoz')
})

test('who wants no email is noticed and put on the list; changed values are named; left-out rows come back', async ({
  page,
}) => {
  const text = [
    'Email,Name,Phone,Opted out',
    'fine@fjell.example,Liv Berg,4.71E+10,no',
    'never@fjell.example,Ole Lund,+47 1,yes',
    'typo@@fjell.example,Per Odd,+47 2,no',
  ].join('\n')
  await choose(page, 'moved.csv', text)
  await expect(card(page, 'The file says who wants no email')).toContainText('1 person wants no email')
  await expect(card(page, '1 value changed')).toContainText('Phone: 1 left empty')
  await expectUsable(page, 'opt-outs of a file')
  await page.getByRole('radio', { name: 'Import all the same' }).check()
  await expect(page.getByRole('button', { name: 'Import 2 leads' })).toBeVisible()
  await page.getByRole('radio', { name: 'Put on the suppression list' }).check()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ])
  const file = await readFile(await download.path(), 'utf8')
  expect(file).toContain('typo@@fjell.example,Per Odd,\'+47 2,no,4,"""typo@@fjell.example"" is not an email address')
  await page.getByRole('button', { name: 'Import 1 lead' }).click()
  await expect(page.getByText('1 address put on the suppression list')).toBeVisible()
  expect((await api.suppression.list.query({ search: 'never@' })).entries).toMatchObject([
    { value: 'never@fjell.example', reason: 'unsubscribed' },
  ])
})

test('the domain of a public provider is asked back about, and a column where several could be meant', async ({
  page,
}) => {
  await page.goto('/settings/suppression')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address or domain').fill('gmx.ch')
  await dialog.getByRole('button', { name: 'Add to the list' }).click()
  await expect(dialog).toContainText('Anybody can have an address at gmx.ch: 0 of your leads have one.')
  await expectUsable(page, 'public provider', { popupOpen: true })
  await dialog.getByRole('button', { name: 'Add everybody at gmx.ch' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await dialog.getByLabel('One address or domain a line').fill('Old,New\na@x.example,b@x.example\nwebmail,hotmail.se')
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog).toContainText('Several columns of "Pasted lines" could be meant')
  await pick(page, 'Column', /^New/)
  await expectUsable(page, 'column of a list', { popupOpen: true })
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(dialog).toContainText('1 added, 1 to confirm')
  await dialog.getByRole('button', { name: 'Add everybody at hotmail.se' }).click()
  // The summary above it says "1 added", for as long as it stands.
  await expect(dialog.getByText('Added', { exact: true })).toBeVisible()
})

test('text of other programs is confirmed in the template', async ({ page }) => {
  const { id } = await api.templates.create.mutate({ name: 'Pasted', subject: 'Hello', bodyText: '{Hi|Hey} %CITY%' })
  await page.goto(`/templates/${id}`)
  await page.getByRole('button', { name: 'Send as it stands: {Hi|Hey}' }).click()
  await expect(page.getByRole('button', { name: 'Undo sending {Hi|Hey} as it stands' })).toBeVisible()
  await expectUsable(page, 'text of other programs')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(async () => (await api.templates.get.query({ id })).confirmedTexts).toEqual(['{Hi|Hey}'])
})

test('a zone is found by its country and by its old name', async ({ page }) => {
  await page.goto('/settings')
  const zone = page.getByRole('combobox', { name: /time zone/i })
  for (const [typed, found] of [
    ['Nepal', 'Asia/Kathmandu'],
    ['Rangoon', 'Asia/Yangon'],
  ] as const) {
    await zone.fill(typed)
    await expect(page.getByRole('option').first()).toHaveText(found)
  }
  await page.getByRole('option').first().click()
  await expect(zone).toHaveValue('Asia/Yangon')
})
