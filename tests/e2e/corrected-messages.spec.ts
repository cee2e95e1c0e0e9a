import type { ApiClient } from '../../scripts/lib/demo/api-client'
import type { SandboxAnswer } from '../../src/domain/conversation/sandbox-answer'
import { signIn } from './screens/account'
import { expectAccessible, expectNoSidewaysScroll } from './support/axe'
import { createSequence, furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'
import { addressOf, people } from './support/people'

// What a person does with a message that was taken for something else. A day of 24 minutes: tomorrow's emails stay where they are.
test.use({ installation: { name: 'corrected-messages', clock: { start: '2026-03-02T08:00:00Z', speed: 60 } } })

async function answerAs(api: ApiClient, address: string, answer: SandboxAnswer): Promise<void> {
  const { rows } = await api.sandbox.list.query({ search: address })
  const [email] = rows
  if (!email) throw new Error(`Nothing was sent to ${address}`)
  await api.sandbox.answer.mutate({ id: email.id, answer })
}

test('a message is corrected on the lead’s page, and what it did is taken back, done, or decided', async ({
  app,
  database,
  page,
}) => {
  const api = await furnish(app)
  const workflowId = await createSequence(api, { name: 'Three touches', days: [0, 1, 1] })
  const leads = people(3)
  const batchIds = [await importBatch(api, 'Leads that answer', leads)]
  const draft = { name: 'With answers', batchIds, workflowId, timezone: 'Europe/Berlin' }
  const { id } = await api.campaigns.create.mutate(draft)
  await api.campaigns.start.mutate({ campaignId: id })
  const ledger = () => database.ledgerOf(id)
  await expect.poll(ledger, { timeout: 240_000 }).toMatchObject({ sent: 3, pending: 6 })
  const [away = '', asked = '', unsure = ''] = leads.map(addressOf)
  await answerAs(api, away, { kind: 'out_of_office', until: '2026-03-16' })
  await answerAs(api, asked, { kind: 'stop_request' })
  await answerAs(api, unsure, { kind: 'reply', text: 'Where did you get my address?' })
  await expect.poll(ledger, { timeout: 120_000 }).toMatchObject({ pending: 2, skipped: 4 })
  await signIn(page)
  const received = page.getByRole('region', { name: 'Messages received' })
  const openLead = async (address: string) => {
    await page.goto(`/leads?search=${encodeURIComponent(address)}`)
    await page.getByRole('table').locator('tbody').getByRole('link').first().click()
    await expect(received).toBeVisible()
  }

  await test.step('an absence that is a reply ends the sequence', async () => {
    await openLead(away)
    await expect(received).toContainText('2 emails wait for the return.')
    await received.getByRole('button', { name: /^Wrong category\?: / }).click()
    await page.getByRole('menuitem', { name: 'It is a reply' }).click()
    await expect(page.getByText('Corrected to a reply.')).toBeVisible()
    await expect(received).toContainText('Corrected: it was taken for “Out of office”.')
    await expect(received).toContainText('Stopped the sequence: 2 emails skipped.')
    expect(await ledger()).toMatchObject({ pending: 0, skipped: 6 })
    expect(await database.count(`leads WHERE email = '${away}' AND status = 'replied' AND away_until IS NULL`)).toBe(1)
  })

  await test.step('a wish to be removed that was none takes a reason, and its emails are planned again', async () => {
    await openLead(asked)
    await expect(received).toContainText(`On the suppression list: ${asked}.`)
    await received.getByRole('button', { name: /^Wrong category\?: / }).click()
    await page.getByRole('menuitem', { name: 'It is no wish to be removed' }).click()
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'))
    await expect(dialog).toContainText(`Take ${asked} off the suppression list?`)
    await dialog.getByRole('button', { name: 'Correct and take off the list' }).click()
    await expect(dialog.getByText('Say why it comes off the list', { exact: false })).toBeVisible()
    expect(await ledger()).toMatchObject({ pending: 0, skipped: 6 })
    await expectAccessible(page, { popupOpen: true, what: 'a correction that asks why' })
    await page.setViewportSize({ width: 360, height: 740 })
    await expectNoSidewaysScroll(page, 'a correction that asks why, 360 px')
    await page.setViewportSize({ width: 1280, height: 900 })
    await dialog.getByLabel('Why does it come off the list?').fill('She meant another newsletter, by phone.')
    await dialog.getByRole('button', { name: 'Correct and take off the list' }).click()
    await expect(page.getByText('2 emails planned again.')).toBeVisible()
    await expect(dialog).toBeHidden()
    await expect(received).toContainText('Corrected: it was taken for “Asked to be removed”.')
    await expect(received).toContainText('Changed nothing.')
    expect(await ledger()).toMatchObject({ pending: 2, skipped: 4 })
    await page.goto('/settings/suppression')
    await expect(page.getByText('She meant another newsletter, by phone.')).toBeVisible()
  })

  await test.step('a wish that is not sure waits for a person, who confirms it', async () => {
    await openLead(unsure)
    await expect(received).toContainText('Nothing is sent to this lead until a person has decided.')
    await received.getByRole('button', { name: /^Decide what it is: / }).click()
    await page.getByRole('menuitem', { name: 'Yes, it asks to be removed' }).click()
    await expect(page.getByText('Corrected to a wish to be removed.')).toBeVisible()
    await expect(received).toContainText(`On the suppression list: ${unsure}.`)
    expect(await database.count(`leads WHERE email = '${unsure}' AND status = 'unsubscribed'`)).toBe(1)
    expect(await ledger()).toEqual({
      ...{ planned: 9, pending: 2, sending: 0, held: 0, sent: 3, failed: 0, skipped: 4, cancelled: 0 },
    })
    await untilSettled(page)
    await expectAccessible(page, { what: 'a lead with a corrected message' })
  })
})
