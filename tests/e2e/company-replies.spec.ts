import { signIn } from './screens/account'
import { openEmailTo } from './screens/sandbox'
import { expectAccessible } from './support/axe'
import { createSequence, furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'
import { addressOf, type Person } from './support/people'

// A day of 24 minutes: what is planned for tomorrow stays where it is.
test.use({ installation: { name: 'company-replies', clock: { start: '2026-03-02T08:00:00Z', speed: 60 } } })

test('a campaign that is set so ends for a whole company once one of its people has replied, and says it', async ({
  app,
  database,
  page,
}) => {
  const api = await furnish(app)
  const workflowId = await createSequence(api, { name: 'Two touches', days: [0, 1] })
  const at = (company: string) => ({ company, title: 'Buyer', city: 'Kiel', country: 'Germany' })
  const ada: Person = { ...at('Nordwind'), first: 'Ada', last: 'Kuhn' }
  const leads = [
    ada,
    { ...at('Nordwind'), first: 'Kim', last: 'Voss' },
    { ...at('Suedwind'), first: 'Per', last: 'Berg' },
  ]
  const batchIds = [await importBatch(api, 'Two companies', leads)]
  const { id } = await api.campaigns.create.mutate({ name: 'Companies', batchIds, workflowId })
  await signIn(page)

  await page.goto(`/campaigns/${id}/edit?step=sequence`)
  const company = page.getByRole('switch', { name: 'Also end it for the same company' })
  await page.getByRole('switch', { name: 'Go on after a reply' }).click()
  await expect(company).toBeHidden()
  await page.getByRole('switch', { name: 'Go on after a reply' }).click()
  await company.click()
  await expect(company).toBeChecked()
  await expect
    .poll(() => database.count(`campaigns WHERE stop_same_company AND NOT continue_after_reply AND id = '${id}'`))
    .toBe(1)
  await untilSettled(page)
  await expectAccessible(page, { what: 'a draft that ends for a whole company' })

  await api.campaigns.start.mutate({ campaignId: id })
  await expect.poll(() => database.ledgerOf(id), { timeout: 240_000 }).toMatchObject({ sent: 3, pending: 3 })
  await openEmailTo(page, addressOf(ada))
  const card = page.getByRole('region', { name: 'Answers to this email' })
  await card.getByRole('button', { name: 'Answer as this lead' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send the answer' }).click()
  await expect(card.getByText('1 email to the same company skipped.')).toBeVisible({ timeout: 60_000 })
  expect(await database.ledgerOf(id)).toMatchObject({ sent: 3, pending: 1, skipped: 2 })
  await page.goto(`/campaigns/${id}`)
  await expect(
    page.getByText('A lead replied: 1 email skipped, 1 email to the same company skipped').first(),
  ).toBeVisible()
  await page.goto(`/campaigns/${id}?tab=settings`)
  await expect(page.getByText('the sequences of all leads at that company end')).toBeVisible()
})
