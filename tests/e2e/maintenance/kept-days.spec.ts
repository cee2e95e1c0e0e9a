import { signIn } from '../screens/account'
import { openEmails } from '../screens/campaign'
import { confirm, question } from '../screens/controls'
import { expectAccessible } from '../support/axe'
import { furnish } from '../support/furnish'
import { expect, test } from '../support/installation'
import { untilSettled } from '../support/pages'
import { letEveningCome, NIGHT, startRunningCampaign } from '../support/running-campaign'

test.use({ installation: { name: 'kept-days', clock: NIGHT } })

test('an owner says for how long texts are kept: what is too short is refused, what would be deleted is asked about, and then it goes', async ({
  app,
  database,
  page,
}) => {
  const api = await furnish(app)
  const { id, mailboxId } = await startRunningCampaign(api, { days: [0] })
  const mailbox = { name: 'Sam', kind: 'environment', fromName: 'Sam Porter', fromEmail: 'sam@nexa.example' } as const
  const always = { windowStartMinute: 0, windowEndMinute: 24 * 60, windowDays: [1, 2, 3, 4, 5, 6, 7] }
  await api.mailboxes.update.mutate({ mailboxId, mailbox: { ...mailbox, ...always } })
  await letEveningCome(database, id)
  await expect.poll(() => database.count("emails WHERE body_text <> ''"), { timeout: 120_000 }).toBe(2)
  // The one was sent long ago.
  await database.rows(
    "UPDATE emails SET sent_at = sent_at - interval '40 days' WHERE id = (SELECT min(id::text)::uuid FROM emails)",
  )
  await signIn(page)
  await page.goto('/settings')
  await untilSettled(page)
  const card = page.getByRole('region', { name: 'How long things are kept' })
  const days = card.getByLabel('Texts of sent emails')
  const save = card.getByRole('button', { name: 'Save changes' })
  await expect(days).toHaveValue('')
  await expect(save).toBeDisabled()

  await test.step('too short a time is refused with the bounds, and nothing is saved', async () => {
    await days.fill('7')
    await save.click()
    await expect(card.getByText('A whole number of days from 30 to 3,650, or nothing: for ever.')).toBeVisible()
    await expect(card.getByRole('status').filter({ hasText: 'Not saved' })).toBeVisible()
  })

  await test.step('a question names what would be lost, and a no leaves everything', async () => {
    await days.fill('30')
    await save.click()
    await expect(question(page)).toContainText('Texts of sent emails: kept 30 days instead of for ever.')
    await expectAccessible(page)
    await question(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(question(page)).toBeHidden()
    expect(await database.count('settings WHERE sent_text_days IS NULL')).toBe(1)
    expect(await database.count("emails WHERE body_text <> ''")).toBe(2)
  })

  await test.step('a yes deletes what is older, and the email says so', async () => {
    await save.click()
    await confirm(page, 'Save and delete')
    await expect(card.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    await expect.poll(() => database.count("emails WHERE body_text <> ''"), { timeout: 60_000 }).toBe(1)
    await openEmails(page, id, 'sent')
    const dialog = page.getByRole('dialog')
    const gone = dialog.getByText('Its text was deleted after 30 days by your setting.')
    await page.getByRole('table', { name: 'Planned emails' }).getByRole('link').first().click()
    await expect(dialog).toContainText('As it went out')
    const isFirst = await gone.isVisible()
    await dialog.getByRole('button', { name: 'Next email' }).click()
    await expect(dialog.getByRole('button', { name: 'Previous email' })).toBeEnabled()
    await expect(dialog).toContainText('Mail 1 for')
    await expect(gone).toHaveCount(isFirst ? 0 : 1)
    await page.keyboard.press('Escape')
  })

  await test.step('a longer time is saved without a question', async () => {
    await page.goto('/settings')
    await days.fill('')
    await save.click()
    await expect(card.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    expect(await database.count('settings WHERE sent_text_days IS NULL')).toBe(1)
  })
})
