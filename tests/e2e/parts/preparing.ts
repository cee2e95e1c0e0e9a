import { expect, type Page } from 'playwright/test'
import { checksOf, forecastOf } from '../screens/draft'
import { chooseFile, importIntoNewBatch, readLeftOut } from '../screens/leads'
import { beginTemplate, changeText, previewOf, saveTemplate, thingsToLookAt, writeTemplate } from '../screens/templates'
import { writeWorkflow } from '../screens/workflows'
import type { Database } from '../support/database'

const FILE = 'tests/fixtures/leads-12-good-5-bad.csv'
const LEFT_OUT = [
  {
    line: 7,
    email: 'per.solberghalden-optics.example',
    problem: '"per.solberghalden-optics.example" is not an email address: the @ is missing',
    kind: 'Invalid',
  },
  { line: 11, email: 'ada.winter@nordlicht-werften.example', problem: 'Same address as in line 2', kind: 'Duplicate' },
  { line: 13, email: '–', problem: 'No email address', kind: 'Invalid' },
  {
    line: 14,
    email: 'Buyer',
    problem: 'The row has 11 values, but there are 10 columns: is a value with the delimiter missing its quotes?',
    kind: 'Invalid',
  },
  {
    line: 17,
    email: 'priya@greenacre@labs.example',
    problem: '"priya@greenacre@labs.example" is not an email address: it contains more than one @',
    kind: 'Invalid',
  },
]
export const BATCH = 'Spring fair'
export const WORKFLOW = 'Three touches'
export const CAMPAIGN = 'Spring fair follow-up'
const FIRST = 'Hello {{ frist_name }},\n\nwe met at the spring fair. Is {{ company_name }} still looking?'
export const TEMPLATES = [
  { name: 'First contact', subject: 'After the fair, {{ company_name }}', text: FIRST },
  {
    name: 'Second look',
    subject: 'One idea for {{ city }}',
    text: 'Hello {{ first_name }},\n\none idea for your team.',
  },
  {
    name: 'Last word',
    subject: 'Shall I close this?',
    text: 'Hello {{ first_name }},\n\nthis is my last email to you.',
  },
] as const

export async function importLeads(page: Page, database: Database) {
  await chooseFile(page, FILE)
  const rows = page.getByRole('region', { name: 'Rows', exact: true })
  await expect(rows).toContainText('of 17 rows can be imported')
  await expect(rows).toContainText('12 new')
  expect(await readLeftOut(page)).toEqual(LEFT_OUT)
  expect(await database.count('leads')).toBe(0)
  await expect(page.getByText('There is none yet.')).toBeVisible()
  await importIntoNewBatch(page, { name: BATCH, leads: 12 })
  expect(await database.count('leads')).toBe(12)
  expect(
    await database.one(
      'SELECT b.name, count(*)::int AS leads FROM lead_batches b JOIN batch_leads ON batch_id = b.id GROUP BY 1',
    ),
  ).toEqual({ name: BATCH, leads: 12 })
  await page.getByRole('link', { name: 'See the batch' }).click()
  await expect(page.getByRole('heading', { level: 1, name: BATCH })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('12 leads')
}

export async function writeTemplates(page: Page, database: Database): Promise<string> {
  const [first, ...others] = TEMPLATES
  await beginTemplate(page, first)
  await expect(thingsToLookAt(page)).toContainText('frist_name')
  await expect(previewOf(page)).toContainText('frist_name')
  const id = await saveTemplate(page)
  for (const template of others) await writeTemplate(page, template)
  expect(await database.rows('SELECT name, subject, body_text AS text FROM email_templates ORDER BY id')).toEqual(
    TEMPLATES,
  )
  return id
}

/** Follows the pre-flight's own link to the template, puts the letter right, and comes back. */
export async function mendTemplate(page: Page, database: Database, templateId: string) {
  await checksOf(page).first().getByRole('link', { name: 'Fix' }).click()
  await expect(page).toHaveURL(new RegExp(`/templates/${templateId}\\?back=`))
  const mended = FIRST.replace('frist_name', 'first_name')
  await changeText(page, mended)
  await expect(previewOf(page)).toContainText('Hello Ada,')
  await expect(thingsToLookAt(page)).toBeHidden()
  await saveTemplate(page)
  expect(await database.one('SELECT body_text FROM email_templates WHERE id = $1', [templateId])).toEqual({
    body_text: mended,
  })
  await page.getByRole('link', { name: 'Back to the draft' }).click()
  await expect(page).toHaveURL(/\/edit\?step=review$/)
}

export async function review(page: Page, database: Database, campaignId: string) {
  await expect(checksOf(page).filter({ hasText: '12 leads from 1 batch' })).toBeVisible()
  await expect(checksOf(page).filter({ hasText: 'Every variable has a value for every lead' })).toBeVisible()
  await expect(forecastOf(page)).toContainText('First email')
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

export async function buildWorkflow(page: Page, database: Database) {
  // What is missing is marked where it is missing, and gets the focus.
  await page.goto('/workflows/new')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await expect(page.getByText('Give the workflow a name.').first()).toBeVisible()
  const workflowId = await writeWorkflow(page, {
    name: WORKFLOW,
    templates: TEMPLATES.map(({ name }) => name),
    days: 1,
  })
  const steps = await database.rows(
    `SELECT s.step_number, s.days_after_previous, t.name FROM workflow_steps s
     JOIN email_templates t ON t.id = s.email_template_id WHERE s.workflow_id = $1 ORDER BY 1`,
    [workflowId],
  )
  expect(steps).toEqual(
    TEMPLATES.map(({ name }, i) => ({ step_number: i + 1, days_after_previous: i === 0 ? 0 : 1, name })),
  )
}
