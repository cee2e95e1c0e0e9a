import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from 'playwright/test'
import type { Database } from '../support/database'
import type { Hand } from './hands'
import type { Day } from './morning'

export type File = {
  name: string
  /** What its addresses begin with, before their number. */
  prefix: string
  leads: number
}

/** Rows of a file beside its leads: one without an address, one that stands twice. */
const LEFT_OUT = 2

const inWords = (count: number) => count.toLocaleString('en-GB')
const status = (page: Page, words: string | RegExp) => page.getByRole('status').filter({ hasText: words })
const rowsOf = (page: Page) => page.getByRole('region', { name: 'Rows', exact: true })
const table = (page: Page, name: string) => page.getByRole('table', { name })

/** Chooses a file and starts its import; leaves its page open. */
export async function startImport(hand: Hand, { name, prefix, leads }: File) {
  const { page } = hand
  const lines = [
    'Email,First name,Company',
    ...Array.from({ length: leads }, (_, i) => `${prefix}${i}@import.example,Ada,Nord ${i}`),
    'nobody,Bo,X',
    `${prefix}7@import.example,Ada,Again`,
  ]
  await hand.goTo('Leads', 'Import leads')
  await page
    .getByLabel('CSV file', { exact: true })
    .setInputFiles({ name: `${name}.csv`, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) })
  await hand.press(page.getByRole('button', { name: `Import ${inWords(leads)} leads` }))
  await expect(page).toHaveURL(/\/leads\/imports\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1, name: `${name}.csv` })).toBeVisible()
}

/** Rows that are pasted and imported by mistake go again, with the batch that they came in. */
export async function pasteAndTakeOut(hand: Hand, { database }: Pick<Day, 'database'>) {
  const { page } = hand
  const before = await database.count('leads')
  await hand.goTo('Leads', 'Import leads')
  await hand.type(page.getByLabel('Rows'), 'Email,First name\nbo@pasted.example,Bo\ncy@pasted.example,Cy')
  await hand.press(page.getByRole('button', { name: 'Check rows' }))
  await hand.type(page.getByLabel('Name', { exact: true }), 'By mistake')
  await hand.press(page.getByRole('button', { name: 'Import 2 leads' }))
  await expect(status(page, '2 leads imported into “By mistake”')).toBeVisible()
  expect(await database.count('leads')).toBe(before + 2)
  const dialog = page.getByRole('alertdialog')
  await hand.press(page.getByRole('button', { name: 'Roll back…' }))
  await expect(dialog).toContainText('Roll back 2 leads?')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await hand.press(page.getByRole('button', { name: 'Roll back…' }))
  await confirmRollback(hand, 2)
  await expect(status(page, 'Rolled back: 2 leads taken out')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Rollback' })).toContainText(
    'The batch “By mistake” was empty and went with them.',
  )
  expect(await database.count('leads')).toBe(before)
}

/** What takes out leads in bulk is confirmed by its number. */
async function confirmRollback(hand: Hand, leads: number) {
  const dialog = hand.page.getByRole('alertdialog')
  const confirm = dialog.getByRole('button', { name: `Roll back ${inWords(leads)} leads` })
  const words = `roll back ${inWords(leads)}`
  await expect(confirm).toBeDisabled()
  await hand.type(dialog.getByLabel(`Type “${words}” to confirm`), words)
  await hand.press(confirm)
  await expect(dialog).toBeHidden()
}

const PLACE = 'SELECT place, total_rows AS rows FROM lead_imports ORDER BY id DESC LIMIT 1 FOR UPDATE'

/** In the middle of an import the page is loaded anew and the worker dies; another one takes over. */
export async function disturbImport(page: Page, database: Database) {
  // Its row is held between two parts, however fast they are: whoever works on it waits.
  await expect(async () => {
    await database.rows('COMMIT')
    await database.rows('BEGIN')
    const { place } = await database.one(PLACE)
    expect(place).toBeGreaterThan(0)
  }).toPass({ intervals: [0] })
  const { place, rows } = await database.one(PLACE)
  expect(Number(place)).toBeLessThan(Number(rows))
  await page.reload()
  await expect(status(page, /^Importing into/)).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Rows read' })).toHaveAttribute('aria-valuenow', String(place))
  await expect(page.getByText('It goes on when you leave this page.')).toBeVisible()
  // What a worker that died before has left stays for a while.
  const { worker_id } = await database.one('SELECT worker_id FROM worker_heartbeats ORDER BY started_at DESC LIMIT 1')
  process.kill(Number.parseInt(String(worker_id), 10), 'SIGKILL')
  // The minute after which nobody is believed to work on it any more.
  await database.rows(`UPDATE lead_imports SET touched_at = touched_at - interval '1 minute' WHERE place < total_rows`)
  await database.rows('COMMIT')
}

/** The numbers of an import that has ended add up, and what was left out is a file. */
export async function expectImported(hand: Hand, { name, prefix, leads }: File) {
  const { page } = hand
  await expect(status(page, `${inWords(leads)} leads imported into “${name}”`)).toBeVisible()
  await expect(rowsOf(page)).toContainText(`of ${inWords(leads + LEFT_OUT)} rows imported`)
  await expect(rowsOf(page)).toContainText(`${inWords(leads)} new`)
  await expect(page.getByRole('heading', { name: `${LEFT_OUT} rows left out` })).toBeVisible()
  const coming = page.waitForEvent('download')
  await hand.press(page.getByRole('link', { name: 'Download as CSV' }))
  const file = await readFile(await (await coming).path(), 'utf8')
  expect(file).toContain(`nobody,Bo,X,${leads + 2},`)
  expect(file).toContain(`${prefix}7@import.example,Ada,Again,${leads + 3},Same address as in line 9`)
}

/** Puts what a search finds among all leads into a batch; answers their addresses. */
export async function addToBatch(hand: Hand, { search, batch }: { search: string; batch: string }): Promise<string[]> {
  const { page } = hand
  await hand.goTo('Leads')
  await hand.type(page.getByRole('searchbox'), search)
  await expect(page).toHaveURL(new RegExp(`search=${search}`))
  const rows = table(page, 'Leads').locator('tbody tr')
  await expect(rows.first()).toContainText(search)
  await expect(rows.filter({ hasNotText: search })).toHaveCount(0)
  const found = (await rows.allInnerTexts()).map((row) => /\S+@import\.example/.exec(row)?.[0] ?? row)
  await hand.tick(page.getByRole('checkbox', { name: 'Select all leads on this page' }))
  const bar = page.getByRole('region', { name: 'Chosen leads' })
  await expect(bar).toContainText(`${found.length} selected`)
  await hand.press(bar.getByRole('button', { name: 'Add to batch' }))
  const dialog = page.getByRole('dialog', { name: `Add ${found.length} leads to a batch` })
  await hand.find(dialog.getByRole('combobox', { name: 'Batch' }), batch, page.getByRole('option', { name: batch }))
  await hand.press(dialog.getByRole('button', { name: `Add ${found.length} leads` }))
  await expect(page.getByText(`${found.length} leads added.`)).toBeVisible()
  return found
}

type Rollback = { file: File; emailed: readonly string[]; look: (what: string) => Promise<void> }

/** Takes an import out again: whoever was emailed meanwhile stays, and is named; the history says so. */
export async function rollBack(hand: Hand, { database }: Day, { file, emailed, look }: Rollback) {
  const { page } = hand
  const { name, leads } = file
  const kept = emailed.length
  const gone = leads - kept
  const before = await database.count('leads')
  await test.step('the question says who goes and who stays', async () => {
    await hand.goTo('Leads', 'Imports')
    await hand.press(table(page, 'Imports').getByRole('link', { name: `${name}.csv` }))
    await expect(page.getByRole('heading', { level: 1, name: `${name}.csv` })).toBeVisible()
    await hand.press(page.getByRole('button', { name: 'Roll back…' }))
    const dialog = page.getByRole('alertdialog')
    await expect(dialog).toContainText(`Roll back ${inWords(leads)} leads?`)
    await expect(dialog).toContainText(`${kept} leads that were emailed: stay`)
    await look('question of a rollback')
    await confirmRollback(hand, leads)
  })
  await test.step('it is rolled back, and adds up', async () => {
    await expect(status(page, `Rolled back: ${inWords(gone)} leads taken out`)).toBeVisible()
    const card = page.getByRole('region', { name: 'Rollback' })
    await expect(card).toContainText(`of ${inWords(leads)} leads of this import taken out`)
    await expect(card).toContainText(`${kept} leads that were emailed: stayed`)
    expect(await database.count('leads')).toBe(before - gone)
    await look('rolled back')
  })
  await test.step('who stays is named in the batch', async () => {
    await hand.press(page.getByRole('link', { name: 'See the batch' }))
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(page.getByRole('main').locator('tbody tr')).toHaveCount(kept)
    for (const address of emailed) await expect(page.getByRole('main')).toContainText(address)
  })
  await test.step('the history says so', async () => {
    await hand.goTo('Leads', 'Imports')
    const row = page.getByRole('row', { name: new RegExp(`${name}\\.csv`) })
    await expect(row).toContainText('Rolled back')
    for (const count of [leads, LEFT_OUT, gone]) await expect(row).toContainText(inWords(count))
    await look('imports')
  })
}
