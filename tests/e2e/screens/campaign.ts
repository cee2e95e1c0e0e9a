import { expect, type Page } from 'playwright/test'
import { type Database, EMAIL_STATUSES, type Ledger } from '../support/database'
import { confirm, question } from './controls'

export const openCampaign = async (page: Page, id: string) => {
  await page.goto(`/campaigns/${id}`)
  await expect(ledgerCard(page)).toBeVisible()
}

const ledgerCard = (page: Page) => page.getByRole('region', { name: 'Progress' })

/** The figures of the ledger as the screen shows them; a state that is not named is a state of nothing. */
export async function readLedger(page: Page): Promise<Ledger> {
  const words = (await ledgerCard(page).locator('p').allInnerTexts()).join('\n')
  const figure = (label: string) => {
    const found = new RegExp(`([\\d,]+)\\s+${label}(?! emails)`).exec(words)?.[1]
    return Number((found ?? '0').replaceAll(',', ''))
  }
  const states = EMAIL_STATUSES.map((status) => [status, figure(status)] as const)
  return { ...(Object.fromEntries(states) as Ledger), planned: figure('planned') }
}

/** The chip beside the name. */
export const statusOnScreen = (page: Page, words: string) =>
  page
    .locator('header')
    .filter({ has: page.getByRole('heading', { level: 1 }) })
    .getByText(words, { exact: true })

/** Screen and database say the same: status, the ledger, and the ledger of every step. */
export async function expectInStep(page: Page, database: Database, campaignId: string) {
  await expect(async () => {
    const before = await database.ledgerOf(campaignId)
    const shown = await readLedger(page)
    // Compared only when nothing moved meanwhile.
    expect(await database.ledgerOf(campaignId)).toEqual(before)
    expect(shown).toEqual(before)
    expect(EMAIL_STATUSES.reduce((sum, status) => sum + shown[status], 0)).toBe(shown.planned)
  }).toPass({ timeout: 240_000 })
}

/** Figures of one step, as its row shows them. */
export async function readStep(page: Page, step: number): Promise<{ sent: number; pending: number }> {
  const row = page
    .getByRole('table', { name: 'Steps' })
    .locator('tbody tr')
    .nth(step - 1)
  const [, , sent, pending] = await row.locator('td').allInnerTexts()
  return { sent: figureOf(sent), pending: figureOf(pending) }
}

const figureOf = (cell: string | undefined) => Number(cell?.match(/\d[\d,]*\s*$/)?.[0].replaceAll(',', ''))

export async function pause(page: Page) {
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(statusOnScreen(page, 'Paused')).toBeVisible()
}

/** Opens the question that says what a resume would move. */
export async function askToResume(page: Page) {
  await page.getByRole('button', { name: 'Resume' }).click()
  return question(page)
}

export async function stop(page: Page, { cancels }: { cancels: number }) {
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(question(page)).toContainText(`This cancels ${cancels} planned emails.`)
  await confirm(page, `Stop and cancel ${cancels} emails`)
}

/** The list of emails in one state. */
export async function openEmails(page: Page, id: string, status: string) {
  await page.goto(`/campaigns/${id}?tab=emails&status=${status}`)
  await expect(page.getByRole('table', { name: 'Planned emails' })).toBeVisible()
}

export const chooseEmail = (page: Page, row: number) =>
  page.getByRole('table', { name: 'Planned emails' }).locator('tbody').getByRole('checkbox').nth(row).check()
