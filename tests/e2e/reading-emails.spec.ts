import { signIn } from './screens/account'
import { openEmails } from './screens/campaign'
import { openReview } from './screens/draft'
import { createSequence, furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { people } from './support/people'

test.use({ installation: { name: 'reading-emails', clock: { start: '2026-03-02T08:00:00Z', speed: 60 } } })

test('every email is read: each step to each lead before the start, then what has left and what would leave', async ({
  page,
  app,
  database,
}) => {
  const api = await furnish(app)
  const workflowId = await createSequence(api, { name: 'Two touches', days: [0, 1] })
  const leads = people(2)
  const [first = '', second = ''] = leads.map(({ company }) => company)
  const batchId = await importBatch(api, 'Two leads', leads)
  const { id } = await api.campaigns.create.mutate({ name: 'To be read', batchIds: [batchId], workflowId })

  await signIn(page)
  await openReview(page, id)
  const emails = page.getByRole('region', { name: 'The emails' })
  await expect(emails).toContainText(first)
  await expect(emails.getByRole('button', { name: 'Previous lead' })).toBeDisabled()
  await emails.getByRole('button', { name: 'Next lead' }).click()
  await expect(emails).toContainText(second)
  await expect(emails).toContainText('Mail 1 for')
  await expect(emails.getByRole('button', { name: 'Next lead' })).toBeDisabled()
  await emails.getByRole('button', { name: 'Step 2' }).click()
  await expect(emails).toContainText('Re: Mail 1 for')

  await api.campaigns.start.mutate({ campaignId: id })
  await expect.poll(() => database.ledgerOf(id), { timeout: 240_000 }).toMatchObject({ sent: 2, pending: 2 })
  await openEmails(page, id, 'sent')
  const table = page.getByRole('table', { name: 'Planned emails' })
  const dialog = page.getByRole('dialog')
  await table.getByRole('link').first().click()
  await expect(dialog).toContainText('As it went out')
  await expect(dialog).toContainText(first)
  await expect(dialog.getByRole('button', { name: 'Previous email' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Next email' }).click()
  await expect(dialog).toContainText(second)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(`/campaigns/${id}?tab=emails&status=sent`)

  await page.goto(`/campaigns/${id}?tab=emails&step=2`)
  await table.getByRole('link').first().click()
  await expect(dialog).toContainText('As it would leave now; planned for')
  await expect(dialog).toContainText('Re: Mail 1 for')
  await dialog.getByRole('link', { name: 'Open the lead' }).click()
  await expect(page).toHaveURL(/\/leads\//)
  await page
    .getByRole('region', { name: 'Emails' })
    .getByRole('button', { name: /^Mail 1 for/ })
    .click()
  await expect(dialog).toContainText('As it went out')
  await expect(dialog).toContainText(`Mail 1 for ${first}`)
})
