import type { Page } from 'playwright/test'
import { createOwner, signIn } from './screens/account'
import { checksOf, startButton } from './screens/draft'
import { openEmailTo } from './screens/sandbox'
import { countClicks, typeInto } from './support/clicks'
import { expect, test } from './support/installation'

test.use({ installation: { name: 'first-campaign', clock: { start: '2026-03-04T09:40:00Z', speed: 1 } } })
test.describe.configure({ mode: 'serial' })

const MOST_CLICKS = 18
const FILE = 'tests/fixtures/leads-12-good-5-bad.csv'

const step = (page: Page, number: number) => page.getByRole('region', { name: `Step ${number}`, exact: true })

test(`from an empty installation to a started campaign of two emails in at most ${MOST_CLICKS} clicks`, async ({
  page,
  app,
  database,
}) => {
  await createOwner(page, app)
  const clicks = await countClicks(page)

  await page.getByRole('link', { name: 'Add', exact: true }).click()
  await expect(page.getByLabel('Postal address')).toBeFocused()
  await typeInto(page, page.getByLabel('Postal address'), 'Nexa Ltd\n1 Harbour Street\n24103 Kiel\nGermany')
  await page.getByRole('region', { name: 'Who you are' }).getByRole('button', { name: 'Save changes' }).click()
  await page.getByRole('link', { name: 'Back to your first campaign' }).click()

  await page.getByRole('link', { name: 'Import', exact: true }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose file' }).click()
  await (await chooser).setFiles(FILE)
  await page.getByRole('button', { name: 'Import 12 leads' }).click()
  await page.getByRole('link', { name: 'Create campaign with this batch' }).click()
  await page.getByRole('link', { name: 'Continue to Sequence' }).click()

  // Ready to be written: nothing was made before it.
  await expect(page.getByRole('radio', { name: 'Own emails' })).toBeChecked()
  await expect(step(page, 1)).toBeVisible()
  await typeInto(page, page.getByLabel('Subject', { exact: true }), 'After the fair, {{ company_name }}')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Text', { exact: true })).toBeFocused()
  await typeInto(page, page.getByLabel('Text', { exact: true }), 'Hello {{ frist_name }},\n\nwe met at the fair.')
  await expect(page.getByRole('region', { name: '1 thing to look at' })).toContainText('Did you mean "first_name"?')
  await typeInto(page, page.getByLabel('Text', { exact: true }), 'Hello {{ first_name }},\n\nwe met at the fair.')
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('Hello Ada,')
  await expect(page.getByRole('region', { name: /things? to look at/ })).toBeHidden()

  await page.getByRole('button', { name: 'Add step' }).click()
  await expect(step(page, 2).getByRole('checkbox', { name: 'Reply in the same thread' })).toBeChecked()
  await expect(page.getByLabel('Days before step 2')).toHaveValue('3')
  await expect(page.getByLabel('Text', { exact: true })).toBeFocused()
  await typeInto(page, page.getByLabel('Text', { exact: true }), 'Hello {{ first_name }},\n\ndid you see my email?')
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('Re: After the fair, Nordlicht Werften AG')

  await page.getByRole('link', { name: 'Continue to Mailboxes & schedule' }).click()
  await page.getByRole('link', { name: 'Continue to Review' }).click()
  await expect(checksOf(page).filter({ hasText: '2 steps' })).toBeVisible()
  await startButton(page, 'Start: 24 emails to 12 leads').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Start: 24 emails', exact: true }).click()
  await expect(page).toHaveURL(/\/campaigns\/[0-9a-f-]{36}$/)

  console.log(`From an empty installation to a started campaign: ${clicks.soFar()} clicks.`)
  expect(clicks.soFar()).toBeLessThanOrEqual(MOST_CLICKS)
  const campaignId = await database.idOf('campaigns ORDER BY id')
  expect(await database.ledgerOf(campaignId)).toMatchObject({ planned: 24, failed: 0 })
  expect(
    await database.rows(
      `SELECT s.step_number, s.days_after_previous AS days, s.reply_in_thread AS reply, t.name, t.subject
       FROM workflow_steps s JOIN email_templates t ON t.id = s.email_template_id ORDER BY 1`,
    ),
  ).toEqual([
    { step_number: 1, days: 0, reply: false, name: '', subject: 'After the fair, {{ company_name }}' },
    { step_number: 2, days: 3, reply: true, name: '', subject: 'After the fair, {{ company_name }}' },
  ])
})

test('what was written arrives, and no list of templates or workflows holds it', async ({ page, database }) => {
  await signIn(page)
  const campaignId = await database.idOf('campaigns ORDER BY id')
  await expect.poll(() => database.ledgerOf(campaignId), { timeout: 240_000 }).toMatchObject({ sent: 12 })
  await openEmailTo(page, 'ada.winter@nordlicht-werften.example')
  await expect(page.getByRole('main')).toContainText('After the fair, Nordlicht Werften AG')
  for (const list of ['templates', 'workflows']) {
    await page.goto(`/${list}`)
    await expect(page.getByRole('main')).toContainText(`No ${list} yet.`)
  }
})

test('a text is put right while its campaign runs, and saved as a template its step goes on sending it', async ({
  page,
  database,
}) => {
  await signIn(page)
  const campaignId = await database.idOf('campaigns ORDER BY id')
  await page.goto(`/campaigns/${campaignId}?tab=settings`)
  await page.getByRole('list', { name: 'Steps' }).getByRole('link').last().click()
  await expect(page.getByLabel('Name', { exact: true })).toBeHidden()
  await page.getByLabel('Text', { exact: true }).fill('Hello {{ first_name }},\n\na last word.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved.', { exact: true }).last()).toBeVisible()
  await page.getByRole('button', { name: 'Save as template…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as template' })
  await dialog.getByLabel('Template name').fill('Last word')
  await dialog.getByRole('button', { name: 'Save as template' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Last word' })).toBeVisible()
  expect(
    await database.rows(
      `SELECT t.name, t.body_text AS text, count(*)::int AS emails FROM scheduled_emails e
       JOIN email_templates t ON t.id = e.template_id WHERE e.status = 'pending' GROUP BY 1, 2`,
    ),
  ).toEqual([{ name: 'Last word', text: 'Hello {{ first_name }},\n\na last word.', emails: 12 }])
})

test('in a workflow a step is written or takes a template, which writing here leaves as it is', async ({
  page,
  database,
}) => {
  await signIn(page)
  await page.goto('/workflows/new')
  await page.getByLabel('Name', { exact: true }).fill('Two touches')
  await expect(page.getByLabel('Subject', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  // What is missing is marked where it is missing, and gets the focus.
  await expect(page.getByLabel('Subject', { exact: true })).toBeFocused()
  await page.getByLabel('Subject', { exact: true }).fill('One idea for {{ company_name }}')
  await page.getByLabel('Text', { exact: true }).fill('Hello {{ first_name }}')
  await page.getByRole('button', { name: 'Add step' }).click()
  await step(page, 2).getByRole('button', { name: 'Use a template' }).click()
  await step(page, 2).getByRole('combobox', { name: 'Template' }).click()
  await page.getByRole('option', { name: /Last word/ }).click()
  // Written here, it begins as a copy of the template.
  await step(page, 2).getByRole('button', { name: 'Write it here' }).click()
  await expect(page.getByLabel('Text', { exact: true })).toHaveValue(/did you see my email|a last word/)
  await page.getByLabel('Text', { exact: true }).fill('Hello {{ first_name }},\n\nonly here.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page).toHaveURL(/\/workflows\/[0-9a-f-]{36}$/)
  expect(
    await database.rows(
      `SELECT t.name, t.body_text AS text FROM workflow_steps s JOIN email_templates t ON t.id = s.email_template_id
       JOIN workflows w ON w.id = s.workflow_id WHERE w.name = 'Two touches' ORDER BY s.step_number`,
    ),
  ).toEqual([
    { name: '', text: 'Hello {{ first_name }}' },
    { name: '', text: 'Hello {{ first_name }},\n\nonly here.' },
  ])
  expect(await database.one("SELECT body_text AS text FROM email_templates WHERE name = 'Last word'")).toEqual({
    text: 'Hello {{ first_name }},\n\na last word.',
  })
  await expect(page.getByRole('button', { name: 'Edit step 1' })).toBeVisible()
  await page.getByRole('button', { name: 'Edit step 1' }).click()
  await expect(page.getByLabel('Subject', { exact: true })).toBeFocused()
  await page.getByRole('button', { name: 'Save as template…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as template' })
  await dialog.getByLabel('Template name').fill('First idea')
  await dialog.getByRole('button', { name: 'Save as template' }).click()
  await expect(step(page, 1).getByRole('combobox', { name: 'Template' })).toHaveValue('First idea')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved.', { exact: true }).last()).toBeVisible()
  expect(await database.count("email_templates WHERE name = 'First idea' AND workflow_id IS NULL")).toBe(1)
})
