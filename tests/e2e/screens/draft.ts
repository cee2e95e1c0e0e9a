import { expect, type Page } from 'playwright/test'
import { chooseFrom, confirm, question } from './controls'
import { idOf } from './templates'

export type Draft = { name: string; batch: string; workflow: string; timezone: string }

const goTo = async (page: Page, step: string) => {
  await page.getByRole('link', { name: `Continue to ${step}` }).click()
  await expect(
    page.getByRole('list', { name: 'Steps of this campaign' }).or(page.getByLabel('Steps of this campaign')),
  ).toBeVisible()
}

/** Takes a workflow instead of emails that are written in the campaign. */
export async function chooseWorkflow(page: Page, name: string) {
  await page.getByRole('radio', { name: 'A workflow' }).check()
  await chooseFrom(page, page.getByRole('combobox', { name: 'Workflow' }), name)
}

/** Fills a new outreach campaign up to its review; answers its id. */
export async function draftCampaign(page: Page, { name, batch, workflow, timezone }: Draft): Promise<string> {
  await page.goto('/campaigns/new')
  await page.getByLabel('Campaign name').fill(name)
  await expect(page).toHaveURL(/\/campaigns\/[0-9a-f-]{36}\/edit/)
  await page.getByRole('checkbox', { name: batch }).check()
  await goTo(page, 'Sequence')
  await chooseWorkflow(page, workflow)
  await goTo(page, 'Mailboxes & schedule')
  // None was chosen: the one that sends then is ticked.
  await expect(page.getByRole('list', { name: 'Mailboxes' }).getByRole('checkbox').first()).toBeChecked()
  await chooseFrom(page, page.getByRole('combobox', { name: 'Campaign time zone' }), timezone)
  await goTo(page, 'Review')
  await expect(page.getByText(/^Saved/)).toBeVisible()
  return idOf(page)
}

/** What is checked before a start, worst first. */
export const checksOf = (page: Page) => page.getByRole('region', { name: 'Before you start' }).getByRole('listitem')

export const forecastOf = (page: Page) => page.getByRole('region', { name: 'Forecast' })

/** The button that starts, in the head of the review; the same stands below it. */
export const startButton = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first()

/** Presses Start; the question that follows says to how many. */
export async function askToStart(page: Page, { emails, leads }: { emails: number; leads: number }) {
  await startButton(page, `Start: ${emails} emails to ${leads} leads`).click()
  await expect(question(page)).toContainText(`Start: ${emails} emails to ${leads} leads?`)
}

export async function start(page: Page, size: { emails: number; leads: number }) {
  await askToStart(page, size)
  await confirm(page, `Start: ${size.emails} emails`)
  await expect(page).toHaveURL(/\/campaigns\/[0-9a-f-]{36}$/)
}

export async function openReview(page: Page, campaignId: string) {
  await page.goto(`/campaigns/${campaignId}/edit?step=review`)
  await expect(checksOf(page).first()).toBeVisible()
}
