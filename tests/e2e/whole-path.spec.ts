import type { Page } from '@playwright/test'
import { createOwner, OWNER } from './screens/account'
import { askToResume, expectInStep, openCampaign, pause, readLedger, readStep, statusOnScreen } from './screens/campaign'
import { confirm } from './screens/controls'
import { checksOf, draftCampaign, forecastOf, start } from './screens/draft'
import { openMailTo, readHeaders } from './screens/inbox'
import { chooseFile, importIntoNewBatch, readLeftOut } from './screens/leads'
import { setPostalAddress } from './screens/settings'
import { beginTemplate, changeText, previewOf, saveTemplate, thingsToLookAt, writeTemplate } from './screens/templates'
import { writeWorkflow } from './screens/workflows'
import { untilTime } from './support/clock'
import type { Database } from './support/database'
import { expect, test } from './support/installation'

// A day passes in 48 seconds.
test.use({ installation: { name: 'whole-path', clock: { start: '2026-03-02T08:00:00Z', speed: 1_800 } } })

const FILE = 'tests/fixtures/leads-12-good-5-bad.csv'
const BATCH = 'Spring fair'
const WORKFLOW = 'Three touches'
const CAMPAIGN = 'Spring fair follow-up'
const FIRST = 'Hello {{ frist_name }},\n\nwe met at the spring fair. Is {{ company_name }} still looking?'
const TEMPLATES = [
  { name: 'First contact', subject: 'After the fair, {{ company_name }}', text: FIRST },
  { name: 'Second look', subject: 'One idea for {{ city }}', text: 'Hello {{ first_name }},\n\none idea for your team.' },
  { name: 'Last word', subject: 'Shall I close this?', text: 'Hello {{ first_name }},\n\nthis is my last mail to you.' },
] as const

test('from an empty installation to a finished three-step campaign', async ({ page, app, database }) => {
  test.setTimeout(300_000)

  await test.step('create the owner', async () => {
    await createOwner(page)
    expect(await database.rows('SELECT name, email, role FROM users')).toEqual([
      { name: OWNER.name, email: OWNER.email, role: 'owner' },
    ])
  })

  await test.step('set the postal address', async () => {
    const sender = { company: 'Nexa Ltd', address: '1 Harbour Street\n24103 Kiel\nGermany' }
    await setPostalAddress(page, sender)
    expect(await database.one('SELECT company_name, postal_address FROM settings')).toEqual({
      company_name: sender.company,
      postal_address: sender.address,
    })
  })

  await test.step('import leads', () => importLeads(page, database))

  const templateId = await test.step('write three templates', () => writeTemplates(page, database))

  await test.step('build a workflow', async () => {
    const workflowId = await writeWorkflow(page, { name: WORKFLOW, templates: TEMPLATES.map(({ name }) => name), days: 1 })
    const steps = await database.rows(
      `SELECT s.step_number, s.days_after_previous, t.name FROM workflow_steps s
       JOIN email_templates t ON t.id = s.email_template_id WHERE s.workflow_id = $1 ORDER BY 1`,
      [workflowId],
    )
    expect(steps).toEqual(
      TEMPLATES.map(({ name }, i) => ({ step_number: i + 1, days_after_previous: i === 0 ? 0 : 1, name })),
    )
  })

  const campaignId = await test.step('draft, mend and start a campaign', async () => {
    const id = await draftCampaign(page, { name: CAMPAIGN, batch: BATCH, workflow: WORKFLOW, timezone: 'Europe/Berlin' })
    await expect(checksOf(page).first()).toContainText('"frist_name" in step 1 is no variable')
    await expect(checksOf(page).first()).toContainText('Did you mean first_name?')
    await expect(page.getByRole('button', { name: 'Start: 36 mails to 12 leads' })).toBeDisabled()
    await mendTemplate(page, database, templateId)
    await review(page, database, id)
    await start(page, { mails: 36, leads: 12 })
    return id
  })

  await test.step('step 1 leaves', async () => {
    expect(await database.ledgerOf(campaignId)).toMatchObject({ planned: 36, failed: 0, skipped: 0, held: 0 })
    expect(await database.campaign(campaignId)).toMatchObject({ status: 'running', total_leads_targeted: 12 })
    await expectStepSent(page, database, campaignId, 1)
    expect(await database.count("leads WHERE status = 'contacted' AND emails_sent = 1")).toBe(12)
  })

  await test.step('pause: nothing leaves, not even when it is due', async () => {
    await pause(page)
    expect(await database.statusOf(campaignId)).toBe('paused')
    await lookAtOneMail(page, database)
    const { due } = await database.one<{ due: Date }>(
      "SELECT max(scheduled_for) AS due FROM scheduled_emails WHERE campaign_id = $1 AND workflow_step_number = 2",
      [campaignId],
    )
    await untilTime(app.url, new Date(due.getTime() + 2 * 3_600_000))
    await openCampaign(page, campaignId)
    await expectInStep(page, database, campaignId)
    expect(await readLedger(page)).toMatchObject({ sent: 12, pending: 24 })
    expect(await database.count('sandbox_messages')).toBe(12)
  })

  await test.step('resume after seeing what moves', () => resume(page, database, campaignId))

  await test.step('step 2 leaves, and the campaign still runs', async () => {
    await expectStepSent(page, database, campaignId, 2)
    expect(await database.campaign(campaignId)).toMatchObject({ status: 'running', completed_at: null })
    expect(await database.count("leads WHERE status = 'follow_up_1' AND emails_sent = 2")).toBe(12)
  })

  await test.step('step 3 leaves, and only then is it completed', async () => {
    await expect(statusOnScreen(page, 'Completed')).toBeVisible({ timeout: 90_000 })
    await expectStepSent(page, database, campaignId, 3)
    expect(await database.statusOf(campaignId)).toBe('completed')
    expect(await database.count("leads WHERE status = 'follow_up_2' AND emails_sent = 3")).toBe(12)
  })

  await test.step('what was sent is what was promised', () => checkTheEnd(page, database, campaignId))
})

async function importLeads(page: Page, database: Database) {
  await chooseFile(page, FILE)
  const rows = page.getByRole('region', { name: 'Rows', exact: true })
  await expect(rows).toContainText('of 17 rows can be imported')
  await expect(rows).toContainText('12 new')
  const leftOut = await readLeftOut(page)
  console.log(leftOut)
  expect(leftOut.map(({ line, email, kind }) => ({ line, email, kind }))).toEqual([
    { line: 7, email: 'per.solberghalden-optics.example', kind: 'Invalid' },
    { line: 11, email: 'ada.winter@nordlicht-werften.example', kind: 'Duplicate' },
    { line: 13, email: '–', kind: 'Invalid' },
    { line: 14, email: 'Buyer', kind: 'Invalid' },
    { line: 17, email: 'priya@greenacre@labs.example', kind: 'Invalid' },
  ])
  expect(leftOut[1]?.problem).toContain('line 2')
  expect(await database.count('leads')).toBe(0)
  await importIntoNewBatch(page, { name: BATCH, leads: 12 })
  expect(await database.count('leads')).toBe(12)
  expect(
    await database.one('SELECT b.name, count(*)::int AS leads FROM lead_batches b JOIN batch_leads ON batch_id = b.id GROUP BY 1'),
  ).toEqual({ name: BATCH, leads: 12 })
  await page.getByRole('link', { name: 'See the batch' }).click()
  await expect(page.getByRole('heading', { level: 1, name: BATCH })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('12 leads')
}

async function writeTemplates(page: Page, database: Database): Promise<string> {
  const [first, ...others] = TEMPLATES
  await beginTemplate(page, first)
  await expect(thingsToLookAt(page)).toContainText('frist_name')
  await expect(previewOf(page)).toContainText('frist_name')
  const id = await saveTemplate(page)
  for (const template of others) await writeTemplate(page, template)
  expect(await database.rows('SELECT name, subject, body_text AS text FROM email_templates ORDER BY id')).toEqual(TEMPLATES)
  return id
}

/** Follows the pre-flight's own link to the template, puts the letter right, and comes back. */
async function mendTemplate(page: Page, database: Database, templateId: string) {
  const review = page.url()
  await checksOf(page).first().getByRole('link', { name: 'Fix' }).click()
  await expect(page).toHaveURL(`/templates/${templateId}`)
  const mended = FIRST.replace('frist_name', 'first_name')
  await changeText(page, mended)
  await expect(previewOf(page)).toContainText('Hello Ada,')
  await expect(thingsToLookAt(page)).toBeHidden()
  await saveTemplate(page)
  expect(await database.one('SELECT body_text FROM email_templates WHERE id = $1', [templateId])).toEqual({
    body_text: mended,
  })
  await page.goto(review)
}

async function review(page: Page, database: Database, campaignId: string) {
  await expect(checksOf(page).filter({ hasText: '12 leads from 1 batch' })).toBeVisible()
  await expect(checksOf(page).filter({ hasText: 'Every variable has a value for every lead' })).toBeVisible()
  await expect(forecastOf(page)).toContainText('First mail')
  const days = forecastOf(page).getByRole('listitem').filter({ hasText: '12' })
  await expect(days).toHaveCount(3)
  expect(await database.campaign(campaignId)).toMatchObject({
    name: CAMPAIGN,
    status: 'draft',
    timezone: 'Europe/Berlin',
    emails_scheduled_count: 0,
  })
  expect(await database.count('scheduled_emails')).toBe(0)
}

async function expectStepSent(page: Page, database: Database, campaignId: string, step: number) {
  await expect.poll(() => readStep(page, step), { timeout: 90_000 }).toEqual({ sent: 12, pending: 0 })
  await expectInStep(page, database, campaignId)
  expect(await database.ledgerOf(campaignId, step)).toMatchObject({ planned: 12, sent: 12 })
  expect(await readLedger(page)).toMatchObject({ sent: 12 * step, pending: 36 - 12 * step, planned: 36 })
  expect(await database.campaign(campaignId)).toMatchObject({ emails_sent_count: 12 * step, emails_failed_count: 0 })
  expect(await database.count('sandbox_messages')).toBe(12 * step)
  if (step < 3) await expect(statusOnScreen(page, 'Running')).toBeVisible()
}

async function lookAtOneMail(page: Page, database: Database) {
  const to = 'ada.winter@nordlicht-werften.example'
  await openMailTo(page, to)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('After the fair, Nordlicht Werften AG')
  await expect(page.getByRole('main')).toContainText('Hello Ada,')
  await expect(page.getByRole('main')).toContainText('Nexa Ltd, 1 Harbour Street, 24103 Kiel, Germany')
  const headers = await readHeaders(page)
  const { message_id } = await database.one<{ message_id: string }>(
    'SELECT message_id FROM sandbox_messages WHERE to_email = $1',
    [to],
  )
  expect(headers.get('message-id')).toBe(message_id)
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
  await expect(page.getByRole('button', { name: 'Unsubscribe' })).toBeVisible()
  expect(await database.rows('SELECT email, status, updated_at FROM leads ORDER BY id')).toEqual(before)
  expect(await database.count('suppressions')).toBe(0)
}

async function resume(page: Page, database: Database, campaignId: string) {
  const times = () =>
    database.rows<{ lead_id: string; at: Date[] }>(
      `SELECT lead_id, array_agg(scheduled_for ORDER BY workflow_step_number) AS at FROM scheduled_emails
       WHERE campaign_id = $1 AND workflow_step_number > 1 GROUP BY 1 ORDER BY 1`,
      [campaignId],
    )
  const before = await times()
  const asked = await askToResume(page)
  await expect(asked).toContainText('24 mails of 12 leads move later, by up to')
  await expect(asked).toContainText("The days between a lead's steps are kept")
  expect(await times()).toEqual(before)
  await confirm(page, 'Resume: 24 mails to send')
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

async function checkTheEnd(page: Page, database: Database, campaignId: string) {
  const mails = await database.one(
    `SELECT count(*)::int AS mails, count(DISTINCT message_id)::int AS different FROM sandbox_messages`,
  )
  expect(mails).toEqual({ mails: 36, different: 36 })
  const leads = await database.rows<{ mails: number; gaps: string[] }>(
    `SELECT count(*)::int AS mails, count(DISTINCT received_at::date)::int AS days FROM sandbox_messages GROUP BY to_email`,
  )
  expect(leads).toEqual(Array.from({ length: 12 }, () => ({ mails: 3, days: 3 })))
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
  await page.goto('/inbox')
  await expect(page.getByText('36 mails', { exact: true })).toBeVisible()
}
