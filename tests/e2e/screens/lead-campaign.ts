import { expect, type Page } from 'playwright/test'
import { confirm, question } from './controls'
import { idOf } from './templates'

type Type = 'Lead generation' | 'Fully automated'

/** Begins a campaign of a type from the menu of types, and answers its id: its name is what stores it. */
export async function beginCampaign(page: Page, { type, name }: { type: Type; name: string }): Promise<string> {
  await page.goto('/campaigns')
  await page.getByRole('button', { name: 'New campaign' }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${type}`) }).click()
  await expect(page).toHaveURL(/\/campaigns\/new/)
  await page.getByLabel('Campaign name').fill(name)
  await expect(page).toHaveURL(/\/campaigns\/[0-9a-f-]{36}\/edit/)
  return idOf(page)
}

/** Types a text and ends it with Enter. */
export async function addText(page: Page, label: string, text: string) {
  await page.getByLabel(label).fill(text)
  await page.getByLabel(label).press('Enter')
  await expect(page.getByRole('button', { name: `Remove ${text}` })).toBeVisible()
}

export const goOn = async (page: Page, step: string) => {
  await page.getByRole('link', { name: `Continue to ${step}` }).click()
  await expect(page.getByLabel('Steps of this campaign').getByRole('link', { name: step })).toHaveAttribute(
    'aria-current',
    'step',
  )
}

/** Presses Start, reads the question, and confirms. */
export async function startRuns(page: Page, words: string) {
  await page.getByRole('button', { name: words, exact: true }).first().click()
  await expect(question(page)).toContainText(`${words}?`)
  await confirm(page, words)
  await expect(page).toHaveURL(/\/campaigns\/[0-9a-f-]{36}$/)
}

export type YieldOnScreen = {
  source: string
  found: number
  added: number
  duplicate: number
  invalid: number
  suppressed: number
  overCap: number
}

/** The rows of a yield table; each must sum up to what was found. */
export async function selectYields(page: Page): Promise<YieldOnScreen[]> {
  const table = page.getByRole('table', { name: 'Yield by source' }).first()
  await expect(table).toBeVisible()
  const rows = await table.locator('tbody tr').all()
  return Promise.all(
    rows.map(async (row) => {
      const cells = await row.locator('td').allInnerTexts()
      const [found, added, duplicate, invalid, suppressed, overCap] = cells.slice(1).map(figureOf)
      const counts = { found, added, duplicate, invalid, suppressed, overCap } as Omit<YieldOnScreen, 'source'>
      return { source: cells[0]?.split('\n')[0]?.trim() ?? '', ...counts }
    }),
  )
}

const figureOf = (cell: string) => Number(cell.match(/\d[\d,]*\s*$/)?.[0].replaceAll(',', ''))
