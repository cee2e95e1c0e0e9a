import type { ApiClient } from '../../scripts/lib/demo/api-client'
import { signIn } from './screens/account'
import { createSequence, furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { people } from './support/people'

// A tick every second, and a day of 24 minutes: what is planned for tomorrow stays where it is.
test.use({ installation: { name: 'changed-campaigns', clock: { start: '2026-03-02T08:00:00Z', speed: 60 } } })
test.describe.configure({ mode: 'serial' })

const LEADS = 4
let api: ApiClient
let campaignId: string

test.beforeAll(async ({ app, database }) => {
  api = await furnish(app)
  const workflowId = await createSequence(api, { name: 'Three touches', days: [0, 4, 5] })
  const batchId = await importBatch(api, 'Leads to change', people(LEADS, 0))
  const { id } = await api.campaigns.create.mutate({
    name: 'Spring',
    batchIds: [batchId],
    workflowId,
    timezone: 'Europe/Berlin',
  })
  campaignId = id
  await api.campaigns.start.mutate({ campaignId })
  await expect
    .poll(() => database.ledgerOf(campaignId), { timeout: 240_000 })
    .toMatchObject({ sent: LEADS, pending: 2 * LEADS })
})
test.beforeEach(({ page }) => signIn(page))

test('a lead is found and taken out, a step is added, and what was seen before something moved is not applied', async ({
  page,
  database,
}) => {
  await page.goto(`/campaigns/${campaignId}/change`)
  await page.getByRole('button', { name: 'Add a step after step 3' }).click()
  const template = page.getByRole('combobox', { name: 'Step 4' })
  await template.click()
  await page.getByRole('option').filter({ hasText: 'mail 1' }).click()
  await page.getByLabel('Days before step 4').fill('7')
  const [{ email = '' } = {}] = await database.rows('SELECT email FROM leads ORDER BY id LIMIT 1')
  await page.getByLabel('Find a lead by name or address').fill(String(email))
  await page
    .getByRole('list', { name: 'Found leads' })
    .getByRole('button', { name: /^Take out/ })
    .click()
  await page.getByRole('button', { name: 'See the effect' }).click()
  const effect = page.getByRole('region', { name: 'What happens' })
  await expect(effect.getByText('3 emails to 3 leads')).toBeVisible()
  await expect(effect.getByText('2 emails of 1 lead')).toBeVisible()

  await database.rows(
    `UPDATE scheduled_emails SET status = 'skipped', ended_at = now(), failure_reason = 'lead_replied' WHERE campaign_id = $1
       AND status = 'pending' AND lead_id = (SELECT id FROM leads ORDER BY id DESC LIMIT 1)`,
    [campaignId],
  )
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('Emails have moved since you looked.')).toBeVisible()
  await expect(effect.getByText('2 emails to 2 leads')).toBeVisible()
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('Changed. This is version 2 of the campaign.')).toBeVisible()
  expect(await database.ledgerOf(campaignId)).toMatchObject({ planned: 14, cancelled: 2, skipped: 2, pending: 6 })
})

test('a proposal of a sequence that somebody has changed meanwhile is loaded anew, and not applied', async ({
  page,
}) => {
  await page.goto(`/campaigns/${campaignId}/change`)
  await page.getByLabel('Days before step 3').fill('9')
  await page.getByRole('button', { name: 'See the effect' }).click()
  await expect(page.getByRole('button', { name: 'Apply' })).toBeVisible()

  const { steps } = await api.campaigns.get.query({ campaignId })
  const base = steps.map(({ templateId, daysAfterPrevious, replyInThread }) => ({
    ...{ templateId, daysAfterPrevious, replyInThread },
  }))
  const change = {
    base,
    steps: base.map((step, i) => ({ ...step, was: i + 1, daysAfterPrevious: i === 1 ? 8 : step.daysAfterPrevious })),
  }
  const { mark } = await api.campaigns.previewChange.mutate({ campaignId, change })
  await api.campaigns.applyChange.mutate({ campaignId, change, seen: mark })

  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('Somebody changed the sequence of this campaign meanwhile')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Apply' })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'What happens' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Load it anew' }).click()
  await expect(page.getByLabel('Days before step 2')).toHaveValue('8')
  await page.getByLabel('Days before step 3').fill('9')
  await page.getByRole('button', { name: 'See the effect' }).click()
  await expect(page.getByRole('button', { name: 'Apply' })).toBeVisible()
})

test('other limits of a mailbox are shown on the calendar before they are saved, and stand in the history of its campaigns', async ({
  page,
  database,
}) => {
  const [mailbox] = await api.mailboxes.list.query()
  const limit = async () => (await database.rows('SELECT daily_limit FROM mailboxes'))[0]?.daily_limit
  const before = await limit()
  await page.goto(`/settings/mailboxes/${mailbox?.id}`)
  await page.getByRole('spinbutton', { name: 'Daily limit' }).fill('1')
  await page.getByRole('button', { name: 'Save changes' }).click()

  const dialog = page.getByRole('dialog', { name: /emails leave on other days/ })
  await expect(dialog.getByText('Spring')).toBeVisible()
  await expect(dialog.getByText(/^The last one leaves on .* instead of/)).toBeVisible()
  await expect(dialog.getByRole('list', { name: 'Planned emails by day, with these settings' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Back to the settings' }).click()
  expect(await limit()).toBe(before)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await dialog.getByRole('button', { name: /^Save and move/ }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(limit).toBe(1)
  await page.goto(`/campaigns/${campaignId}?tab=activity`)
  await expect(page.getByText(/Settings of .* changed: .* leave on other days/)).toBeVisible()
})
