import type { ApiClient } from '../../scripts/lib/demo/api-client'
import { startSmtpSink } from '../support/servers/smtp-sink'
import { signIn } from './screens/account'
import {
  chooseEmail,
  expectInStep,
  openCampaign,
  openEmails,
  readLedger,
  statusOnScreen,
  stop,
} from './screens/campaign'
import { confirm, question } from './screens/controls'
import { askToStart, checksOf, openReview, startButton } from './screens/draft'
import type { Database } from './support/database'
import { createSequence, furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { watchProblems } from './support/page-problems'
import { people } from './support/people'

// A tick every second, and a day of 24 minutes: what is planned for tomorrow stays where it is.
test.use({ installation: { name: 'campaign-acts', clock: { start: '2026-03-02T08:00:00Z', speed: 60 } } })
test.describe.configure({ mode: 'serial' })

const LEADS = 4
let api: ApiClient
let workflowId: string

test.beforeAll(async ({ app }) => {
  api = await furnish(app)
  workflowId = await createSequence(api, { name: 'Three touches', days: [0, 1, 1] })
})
test.beforeEach(({ page }) => signIn(page))

const draft = (name: string, batchId: string) =>
  api.campaigns.create.mutate({ name, batchIds: [batchId], workflowId, timezone: 'Europe/Berlin' }).then(({ id }) => id)

let taken = 0
/** A campaign of its own leads whose first emails have left. */
async function runningCampaign(database: Database, name: string) {
  const batchId = await importBatch(api, `Leads of ${name}`, people(LEADS, LEADS * taken++))
  const id = await draft(name, batchId)
  await api.campaigns.start.mutate({ campaignId: id })
  await expect
    .poll(() => database.ledgerOf(id), { timeout: 240_000 })
    .toMatchObject({ sent: LEADS, pending: 2 * LEADS })
  return { id, batchId }
}

/** The same, paused, with what went wrong written into some of its emails of step 2. */
async function pausedCampaign(database: Database, name: string, change: string, emails: number) {
  const campaign = await runningCampaign(database, name)
  await api.campaigns.pause.mutate({ campaignId: campaign.id })
  await database.rows(
    `UPDATE scheduled_emails SET ${change} WHERE id IN (SELECT id FROM scheduled_emails
     WHERE campaign_id = $1 AND workflow_step_number = 2 ORDER BY id LIMIT ${emails})`,
    [campaign.id],
  )
  return campaign
}

test('opening a new campaign stores nothing; what is typed over its proposed name does', async ({ page, database }) => {
  const name = 'Leads of a new draft'
  const batchId = await importBatch(api, name, people(LEADS, LEADS * taken++))
  const before = await database.count('campaigns')
  const field = page.getByLabel('Campaign name')

  await page.goto('/campaigns')
  await expect(page.getByRole('table', { name: 'Campaigns' }).or(page.getByRole('heading', { level: 2 }))).toBeVisible()
  await page.keyboard.press('c')
  await expect(page.getByRole('menuitem')).toContainText(['Outreach', 'Lead generation', 'Fully automated'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue(/^Outreach of \w{3} \d+ \w{3}$/)
  await page.goto('/campaigns/new?type=lead_generation')
  await expect(field).toHaveValue(/^Lead generation of/)
  await page.goto(`/campaigns/new?batch=${batchId}`)
  await expect(field).toHaveValue(name)
  await expect(field).toBeFocused()
  await expect(page.getByText('Saved from the first change on')).toBeVisible()
  expect(await database.count('campaigns')).toBe(before)

  // The name is selected, and the field stays under the fingers while the draft is stored.
  await page.keyboard.type('Autumn fair')
  await expect(page).toHaveURL(/\/campaigns\/[0-9a-f-]{36}\/edit/)
  await page.keyboard.type(', first contact')
  await expect(field).toHaveValue('Autumn fair, first contact')
  await expect(page.getByText(/^Saved \d+ s ago|^Saved just now/)).toBeVisible()
  expect(await database.count('campaigns')).toBe(before + 1)
  expect(
    await database.one(
      `SELECT name, campaign_type AS type, (SELECT array_agg(batch_id::text) FROM campaign_batches WHERE campaign_id = c.id) AS batches
       FROM campaigns c ORDER BY created_at DESC, id DESC LIMIT 1`,
    ),
  ).toEqual({ name: 'Autumn fair, first contact', type: 'outreach', batches: [batchId] })
})

test('from step to step and through the start, the focus is on the heading of what has opened', async ({ page }) => {
  const batchId = await importBatch(api, 'Leads by keyboard', people(LEADS, LEADS * taken++))
  const id = await draft('By keyboard', batchId)
  const problems = watchProblems(page)
  await page.goto(`/campaigns/${id}/edit`)
  for (const [at, step] of ['Sequence', 'Mailboxes & schedule', 'Review'].entries()) {
    await page.getByRole('link', { name: `Continue to ${step}` }).press('Enter')
    await expect(page.getByRole('heading', { name: `Step ${at + 2} of 4: ${step}` })).toBeFocused()
  }
  // A second Enter would otherwise have opened the next step unseen.
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Step 4 of 4: Review' })).toBeFocused()
  // The one at the foot of the page.
  await page.getByRole('button', { name: 'Start: 12 emails to 4 leads' }).last().press('Enter')
  await question(page).getByRole('button', { name: 'Start: 12 emails' }).press('Enter')
  await expect(page).toHaveURL(`/campaigns/${id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'By keyboard' })).toBeFocused()
  await expect(page.getByRole('region', { name: 'Progress' })).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(problems).toEqual([])
})

test('a start is refused for a busy batch, in the words of the server', async ({ page, database }) => {
  const batchId = await importBatch(api, 'Shared batch', people(LEADS, LEADS * taken++))
  const holder = await draft('First come', batchId)
  const late = await draft('Too late', batchId)
  await openReview(page, late)
  await askToStart(page, { emails: 12, leads: 4 })
  await api.campaigns.start.mutate({ campaignId: holder })
  await question(page).getByRole('button', { name: 'Start: 12 emails' }).click()
  const words = 'Can\'t start "Too late": batch "Shared batch" is in use by "First come". Nothing was changed.'
  await expect(question(page).getByText(words, { exact: true })).toBeVisible()
  await question(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(checksOf(page).first()).toContainText('Batch "Shared batch" is in use by "First come"')
  await expect(startButton(page, /^Start/)).toBeDisabled()
  expect(await database.statusOf(late)).toBe('draft')
  expect(await database.ledgerOf(late)).toMatchObject({ planned: 0 })
  expect(await database.one('SELECT active_campaign_id AS id FROM lead_batches WHERE id = $1', [batchId])).toEqual({
    id: holder,
  })
})

test('stopping says how many emails it cancels, and cancels just these', async ({ page, database }) => {
  const { id, batchId } = await runningCampaign(database, 'To be stopped')
  await openCampaign(page, id)
  await stop(page, { cancels: 2 * LEADS })
  await expect(statusOnScreen(page, 'Completed: stopped')).toBeVisible()
  await expect(page.getByText('Nothing leaves any more: the campaign was stopped.')).toBeVisible()
  await expectInStep(page, database, id)
  expect(await readLedger(page)).toMatchObject({ sent: LEADS, pending: 0, cancelled: 2 * LEADS })
  expect(await database.statusOf(id)).toBe('completed')
  expect(await database.one('SELECT active_campaign_id AS id FROM lead_batches WHERE id = $1', [batchId])).toEqual({
    id: null,
  })
})

test('held emails wait for a person, and both choices do what they say', async ({ page, database }) => {
  const held = "status = 'held', held_at = scheduled_for, lease_until = NULL"
  const { id } = await pausedCampaign(database, 'With held emails', held, 2)
  await openCampaign(page, id)
  await expectInStep(page, database, id)
  await expect(page.getByRole('heading', { name: '2 held, delivery unknown' })).toBeVisible()

  await openEmails(page, id, 'held')
  await chooseEmail(page, 0)
  await page.getByRole('button', { name: 'Treat 1 held email as delivered' }).click()
  await confirm(page, 'Treat 1 email as delivered')
  await expect.poll(() => database.ledgerOf(id)).toMatchObject({ sent: LEADS + 1, held: 1, pending: 2 * LEADS - 2 })
  expect(await database.count('emails WHERE campaign_id = $1', [id])).toBe(LEADS + 1)
  expect(await database.campaign(id)).toMatchObject({ status: 'paused', emails_sent_count: LEADS + 1 })

  await openCampaign(page, id)
  await expect(page.getByRole('heading', { name: '1 held, delivery unknown' })).toBeVisible()
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(question(page)).toContainText('If one was delivered after all, that lead gets it twice.')
  await confirm(page, 'Send 1 email again')
  await expect(page.getByRole('heading', { name: /held, delivery unknown/ })).toBeHidden()
  await expectInStep(page, database, id)
  expect(await readLedger(page)).toMatchObject({ sent: LEADS + 1, held: 0, pending: 2 * LEADS - 1 })
})

test('failed emails are retried with the steps that fell away because of them', async ({ page, database }) => {
  const refusal = '550 5.1.1 No such mailbox'
  const failed = `status = 'failed', failed_at = scheduled_for, retry_count = 1, failure_reason = '${refusal}'`
  const { id } = await pausedCampaign(database, 'With failed emails', failed, 2)
  await database.rows(
    `UPDATE scheduled_emails later SET status = 'skipped', failure_reason = 'previous_step_not_delivered'
     FROM scheduled_emails before WHERE before.campaign_id = $1 AND before.status = 'failed'
       AND later.campaign_id = $1 AND later.lead_id = before.lead_id AND later.workflow_step_number = 3`,
    [id],
  )
  await database.rows('UPDATE campaigns SET emails_failed_count = 2 WHERE id = $1', [id])
  await openCampaign(page, id)
  await expectInStep(page, database, id)
  await expect(page.getByText(refusal).first()).toBeVisible()
  expect(await readLedger(page)).toMatchObject({ failed: 2, skipped: 2, pending: 2 * LEADS - 4 })

  await page.getByRole('button', { name: 'Retry 2 emails' }).click()
  await expect(question(page)).toContainText('The campaign stays paused; they leave after it is resumed.')
  await confirm(page, 'Retry 2 emails')
  await expect.poll(() => database.ledgerOf(id)).toMatchObject({ failed: 0, skipped: 0, pending: 2 * LEADS })
  await expectInStep(page, database, id)
  expect(await database.campaign(id)).toMatchObject({ status: 'paused', emails_failed_count: 0 })
  expect(await database.count('scheduled_emails WHERE campaign_id = $1 AND retry_count > 0', [id])).toBe(0)
})

test('a wrong password is said in plain words, and once it is fixed the campaign goes on by itself', async ({
  page,
  database,
}) => {
  const server = await startSmtpSink({ password: () => 'the right one' })
  try {
    const own = { kind: 'smtp', smtpHost: '127.0.0.1', smtpPort: server.port, smtpSecurity: 'none' } as const
    const login = { smtpUser: 'sam', smtpPassword: 'a wrong one' }
    const sender = { name: 'Own server', fromName: 'Sam Porter', fromEmail: 'sam@nexa.example' }
    // Real emails need a public address, which no test has: it starts with the sandbox, stopped, and gets the server then.
    const mailbox = await api.mailboxes.create.mutate({ ...sender, kind: 'environment' })
    await database.rows("UPDATE mailboxes SET health = 'stopped' WHERE id = $1", [mailbox.id])
    const batchId = await importBatch(api, 'Leads of a wrong password', people(LEADS, LEADS * taken++))
    const { id } = await api.campaigns.create.mutate({
      name: 'With a wrong password',
      batchIds: [batchId],
      workflowId,
      mailboxIds: [mailbox.id],
    })
    await api.campaigns.start.mutate({ campaignId: id })
    await api.mailboxes.update.mutate({ mailboxId: mailbox.id, mailbox: { ...sender, ...own, ...login } })

    await openCampaign(page, id)
    // The banner and the card beside it give the same reason.
    await expect(page.getByText('Nothing leaves: mailbox sam@nexa.example is stopped.')).toHaveCount(2)
    const words = `127.0.0.1:${server.port} refused the login: “535 5.7.8 Username and Password not accepted”. Check user name and password`
    await expect(page.getByText(words).first()).toBeVisible()
    expect(await database.ledgerOf(id)).toMatchObject({ planned: 3 * LEADS, pending: 3 * LEADS })

    await page.getByRole('link', { name: 'Fix the mailbox' }).click()
    await page.getByLabel(/^Password/).fill('the right one')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()

    await openCampaign(page, id)
    await expect.poll(() => database.ledgerOf(id)).toMatchObject({ sent: LEADS, pending: 2 * LEADS })
    await expectInStep(page, database, id)
    await expect(page.getByText('is stopped')).toBeHidden()
    expect(new Set(server.received.map(({ to }) => to)).size).toBe(LEADS)
    expect(server.received).toHaveLength(LEADS)
    expect(await database.count('scheduled_emails WHERE campaign_id = $1 AND retry_count > 0', [id])).toBe(0)
  } finally {
    await server.close()
  }
})
