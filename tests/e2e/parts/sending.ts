import { expect, type Page } from 'playwright/test'
import {
  askToResume,
  expectInStep,
  openCampaign,
  pause,
  readLedger,
  readStep,
  statusOnScreen,
} from '../screens/campaign'
import { confirm } from '../screens/controls'
import { openEmailTo, readHeaders } from '../screens/sandbox'
import { untilTime } from '../support/clock'
import type { Database } from '../support/database'
import { CAMPAIGN } from './preparing'

export async function expectStepSent(page: Page, database: Database, campaignId: string, step: number) {
  await expect.poll(() => readStep(page, step), { timeout: 240_000 }).toEqual({ sent: 12, pending: 0 })
  await expectInStep(page, database, campaignId)
  expect(await database.ledgerOf(campaignId, step)).toMatchObject({ planned: 12, sent: 12 })
  expect(await readLedger(page)).toMatchObject({ sent: 12 * step, pending: 36 - 12 * step, planned: 36 })
  expect(await database.campaign(campaignId)).toMatchObject({ emails_sent_count: 12 * step, emails_failed_count: 0 })
  expect(await database.count('sandbox_messages')).toBe(12 * step)
  if (step < 3) await expect(statusOnScreen(page, 'Running')).toBeVisible()
}

/** Pauses the campaign and waits until its second step is two hours overdue: nothing has left. */
export async function pauseUntilDue(page: Page, database: Database, campaignId: string) {
  await pause(page)
  expect(await database.statusOf(campaignId)).toBe('paused')
  await lookAtOneEmail(page, database)
  const due = await database.lastDueOf(campaignId, 2)
  await untilTime(database, new Date(due.getTime() + 2 * 3_600_000))
  await openCampaign(page, campaignId)
  await expectInStep(page, database, campaignId)
  expect(await readLedger(page)).toMatchObject({ sent: 12, pending: 24 })
  expect(await database.count('sandbox_messages')).toBe(12)
}

async function lookAtOneEmail(page: Page, database: Database) {
  const to = 'ada.winter@nordlicht-werften.example'
  await openEmailTo(page, to)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('After the fair, Nordlicht Werften AG')
  await expect(page.getByRole('main')).toContainText('Hello Ada,')
  await expect(page.getByRole('main')).toContainText('Nexa Ltd, 1 Harbour Street, 24103 Kiel, Germany')
  const headers = await readHeaders(page)
  expect(headers.get('message-id')).toBe(await database.messageIdTo(to))
  expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  const address = /<(http[^>]+)>/.exec(headers.get('list-unsubscribe') ?? '')?.[1] ?? ''
  await openUnsubscribePage(page, database, address.replace('/api/unsubscribe/', '/u/'), to)
}

/** Link scanners open every address: opening this one must not unsubscribe anybody. */
async function openUnsubscribePage(page: Page, database: Database, address: string, to: string) {
  const before = await database.rows('SELECT email, status, updated_at FROM leads ORDER BY id')
  await page.goto(address)
  await expect(page.getByRole('heading', { name: 'Unsubscribe?' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText(to)
  await expect(page.getByRole('main')).toContainText('Nexa Ltd')
  await expect(page.getByRole('main')).not.toContainText('LeadNexConnect')
  await expect(page.getByRole('button', { name: 'Unsubscribe' })).toBeVisible()
  expect(await database.rows('SELECT email, status, updated_at FROM leads ORDER BY id')).toEqual(before)
  expect(await database.count('suppressions')).toBe(0)
}

export async function resume(page: Page, database: Database, campaignId: string) {
  const times = () => database.laterTimesOf(campaignId)
  const before = await times()
  const asked = await askToResume(page)
  await expect(asked).toContainText('24 emails of 12 leads move later, by up to')
  await expect(asked).toContainText("The days between a lead's steps are kept")
  expect(await times()).toEqual(before)
  await confirm(page, 'Resume: 24 emails to send')
  await expect(statusOnScreen(page, 'Running')).toBeVisible()
  expect(await database.statusOf(campaignId)).toBe('running')
  const after = await times()
  for (const [index, { at }] of after.entries()) {
    const [second, third] = at.map((time) => time.getTime())
    const [secondBefore, thirdBefore] = (before[index]?.at ?? []).map((time) => time.getTime())
    expect(second).toBeGreaterThan(secondBefore ?? 0)
    expect((third ?? 0) - (second ?? 0)).toBe((thirdBefore ?? 0) - (secondBefore ?? 0))
  }
}

export async function checkTheEnd(page: Page, database: Database, campaignId: string) {
  const emails = await database.one(
    `SELECT count(*)::int AS emails, count(DISTINCT message_id)::int AS different FROM sandbox_messages`,
  )
  expect(emails).toEqual({ emails: 36, different: 36 })
  const leads = await database.rows(
    `SELECT count(*)::int AS emails, count(DISTINCT received_at::date)::int AS days FROM sandbox_messages GROUP BY to_email`,
  )
  expect(leads).toEqual(Array.from({ length: 12 }, () => ({ emails: 3, days: 3 })))
  const early = await database.count(
    `campaigns c WHERE id = $1 AND completed_at < (SELECT max(sent_at) FROM scheduled_emails WHERE campaign_id = c.id)`,
    [campaignId],
  )
  expect(early).toBe(0)
  expect(await database.count('lead_batches WHERE active_campaign_id IS NOT NULL')).toBe(0)
  await page.goto('/campaigns')
  const row = page.getByRole('table', { name: 'Campaigns' }).locator('tbody tr').filter({ hasText: CAMPAIGN })
  await expect(row).toContainText('Completed')
  await expect(row).toContainText('36 of 36')
  await page.goto('/sandbox')
  await expect(page.getByRole('heading', { level: 1, name: 'Sandbox' })).toBeVisible()
  await expect(page.getByText('36 emails', { exact: true })).toBeVisible()
}
