import type { Page } from 'playwright'
import { useNotifications } from './parts/notifications'
import { signIn } from './screens/account'
import { openEmailTo } from './screens/sandbox'
import { expectAccessible, expectGoodPage, expectNoSidewaysScroll } from './support/axe'
import { createSequence, furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'
import { addressOf, people } from './support/people'

// A tick every second, and a day of 24 minutes: what is planned for tomorrow stays where it is.
test.use({ installation: { name: 'sandbox-answers', clock: { start: '2026-03-02T08:00:00Z', speed: 60 } } })

/** In the dialog that is open; what is said of an empty one is seen on the way. */
async function writeAnswer(page: Page, text: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Answer as this lead' })
  await expect(dialog.getByLabel('Answer')).toBeFocused()
  await expect(dialog.getByLabel('Answer')).not.toBeEmpty()
  await expectAccessible(page, { popupOpen: true, what: 'answer as a lead' })
  await dialog.getByLabel('Answer').fill('')
  await dialog.getByRole('button', { name: 'Send the answer' }).click()
  await expect(dialog.getByText('Write what the lead answers.')).toBeVisible()
  await dialog.getByLabel('Answer').fill(text)
  await dialog.getByRole('button', { name: 'Send the answer' }).click()
  await expect(dialog).toBeHidden()
}

test('answers are given in the sandbox, and what they did is seen there, on the campaign and on the lead', async ({
  app,
  page,
  database,
}) => {
  const api = await furnish(app)
  const workflowId = await createSequence(api, { name: 'Three touches', days: [0, 1, 1] })
  const leads = people(3)
  const batchIds = [await importBatch(api, 'Leads that answer', leads)]
  const name = 'With answers'
  const { id } = await api.campaigns.create.mutate({ name, batchIds, workflowId, timezone: 'Europe/Berlin' })
  await api.campaigns.start.mutate({ campaignId: id })
  await expect.poll(() => database.ledgerOf(id), { timeout: 240_000 }).toMatchObject({ sent: 3, pending: 6 })
  const [first, second, third] = leads.map(addressOf)
  await signIn(page)
  const card = page.getByRole('region', { name: 'Answers to this email' })

  await test.step('before anybody answers, it is known that nobody has', async () => {
    await page.goto('/campaigns')
    const row = page.getByRole('row').filter({ hasText: name })
    await expect(row.getByText(/as of/).first()).toBeVisible()
    await expect(row.getByText('not read')).toHaveCount(0)
  })

  await test.step('the lead replies', async () => {
    await openEmailTo(page, first ?? '')
    await card.getByRole('button', { name: 'Answer as this lead' }).click()
    await writeAnswer(page, 'Yes, please call me on Tuesday.')
    await expect(card.getByText('Stopped the sequence: 2 emails skipped.')).toBeVisible({ timeout: 60_000 })
    await expect(card.getByText('Reply', { exact: true })).toBeVisible()
    await expect(card.getByRole('link', { name: 'Answer of the lead' })).toHaveAttribute('href', /^\/inbox\?.*id=/)
  })

  await test.step('the second is away until a day, the third bounces', async () => {
    await openEmailTo(page, second ?? '')
    await card.getByRole('button', { name: 'Out of office' }).click()
    const dialog = page.getByRole('dialog', { name: 'Out of office' })
    await dialog.getByLabel('Away until').fill('2026-03-16')
    await dialog.getByRole('button', { name: 'Send the automatic answer' }).click()
    await expect(card.getByText('2 emails wait for the return.')).toBeVisible({ timeout: 60_000 })
    await openEmailTo(page, third ?? '')
    await card.getByRole('button', { name: 'Bounce' }).click()
    await expect(card.getByText(`On the suppression list: ${third}.`)).toBeVisible({ timeout: 60_000 })
    expect(await database.ledgerOf(id)).toEqual({
      ...{ planned: 9, pending: 2, sending: 0, held: 0, sent: 3, failed: 0, skipped: 4, cancelled: 0 },
    })
    await page.setViewportSize({ width: 360, height: 740 })
    await untilSettled(page)
    await expectNoSidewaysScroll(page, 'an answered email, 360 px')
    await page.setViewportSize({ width: 1280, height: 720 })
    await expectGoodPage(page, new URL(page.url()).pathname)
  })

  await test.step('the campaign and the lead say what happened', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.goto(`/campaigns/${id}`)
    const answers = page.getByRole('region', { name: 'Answers', exact: true })
    await expect(answers).toContainText('Replied33 % of 3 leads1')
    await expect(answers).toContainText('Away1')
    await expect(answers).toContainText('Bounced1')
    await expect(answers).toContainText(/Read as of .*Europe\/Berlin\./)
    await expect(page.getByText('A lead replied: 2 emails skipped').first()).toBeVisible()
    await expectGoodPage(page, `/campaigns/${id}`)
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.goto('/campaigns')
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText(/as of .* · 1 away/)
    await openEmailTo(page, first ?? '')
    await card.getByRole('link').first().click()
    const received = page.getByRole('region', { name: 'Messages received' })
    await expect(received).toContainText('Yes, please call me on Tuesday.')
  })

  await test.step('a person was told of the reply', () => useNotifications(page, database))
})
