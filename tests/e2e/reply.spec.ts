import type { Page } from 'playwright/test'
import type { ApiClient } from '../../scripts/lib/demo/api-client'
import { sendTwice } from './parts/lost-answers'
import { signIn } from './screens/account'
import { openEmailTo, readHeaders } from './screens/sandbox'
import { expectAccessible, expectNoSidewaysScroll } from './support/axe'
import type { Database } from './support/database'
import { createSequence, furnish, importBatch } from './support/furnish'
import { expect, test } from './support/installation'
import { untilSettled } from './support/pages'
import { addressOf, people } from './support/people'

// A tick every second; what can be taken back for ten seconds of a person can be so here.
test.use({ installation: { name: 'replies', clock: { start: '2026-03-02T08:00:00Z', speed: 60 } } })

test('an answer is written where the message is read, taken back, sent in its thread, and asks before it goes to somebody suppressed', async ({
  app,
  page,
  database,
}) => {
  const { api, address, leadId } = await answered(app, database)
  const received = page.getByRole('region', { name: 'Messages received' })
  const form = received.getByRole('form', { name: 'Reply' })
  const replies = received.getByRole('list', { name: /^Replies to/ })
  const text = form.getByLabel('Text', { exact: true })
  await signIn(page)
  await page.goto(`/leads/${leadId}`)

  await test.step('a template is filled in, the message stands below, and the draft outlives leaving the page', async () => {
    await received.getByRole('button', { name: /^Reply to/ }).click()
    await expect(form.getByText(address, { exact: true })).toBeVisible()
    await expect(form.getByLabel('Subject')).toHaveValue(/^Re: /)
    await expect(form.getByRole('region', { name: 'The message below' })).toContainText('> Yes, please tell me more.')
    await text.fill('Gladly.')
    await form.getByLabel('Template').click()
    await page.getByRole('option', { name: /Times to meet/ }).click()
    await expect(text).toHaveValue(/^Gladly\.\n\nDear \S+,\n\nTuesday at ten\?$/)
    await expectAccessible(page, { what: 'a reply that is written' })
    await expectFitsNarrow(page)
    await page.goto('/leads')
    await page.goto(`/leads/${leadId}`)
    await expect(text).toHaveValue(/^Gladly\./)
  })

  await test.step('sent by the keyboard, taken back, and there again to be changed', async () => {
    await text.press('Control+Enter')
    await expect(replies.getByRole('timer')).toHaveText(/^Sending in \d+ s$/)
    await replies.getByRole('button', { name: 'Undo' }).click()
    await expect(replies.getByText('Taken back')).toBeVisible()
    await expect(text).toHaveValue(/^Gladly\.\n\nDear/)
    expect((await api.sandbox.list.query({ search: address })).total).toBe(1)
  })

  await test.step('sent, it is in the inbox of the lead, in the thread, and counted with the mailbox', async () => {
    await text.fill('Gladly, on Tuesday.')
    await form.getByRole('button', { name: 'Send' }).click()
    await expect(replies.getByText('Sent', { exact: true })).toBeVisible({ timeout: 60_000 })
    await expectAccessible(page, { what: 'a reply that was sent' })
    await openEmailTo(page, address)
    const headers = await readHeaders(page)
    const { id: answered } = await database.one('SELECT message_id AS id FROM received_messages')
    expect(headers.get('in-reply-to')).toBe(answered)
    expect(headers.has('list-unsubscribe')).toBe(false)
    await page.goto(`/settings/mailboxes/${(await api.mailboxes.list.query())[0]?.id}`)
    await expect(page.getByRole('region', { name: 'Replies written' })).toHaveText(/1 sent\+1 taken back=2 written$/)
  })

  await sendTwice(page, { api, address, leadId, database })

  await test.step('to somebody suppressed it asks, and goes there where that is confirmed', async () => {
    await api.suppression.add.mutate({ value: address, reason: 'manual' })
    await page.goto(`/leads/${leadId}`)
    await received.getByRole('button', { name: /^Reply to/ }).click()
    await text.fill('One more thing.')
    await form.getByRole('button', { name: 'Send' }).click()
    const dialog = page.getByRole('alertdialog', { name: `Send to ${address} all the same?` })
    await expect(dialog).toContainText('On the suppression list is')
    await expectAccessible(page, { popupOpen: true, what: 'the question before a suppressed recipient' })
    await dialog.getByRole('button', { name: 'Send all the same' }).click()
    await expect(replies.getByText('Sent', { exact: true })).toHaveCount(5, { timeout: 60_000 })
  })

  await handOn(page, api, database)
  await decideHeld(page, database)
})

/** One of the replies counts as held: a person decides, and hears first what that may do. */
async function decideHeld(page: Page, database: Database) {
  const replies = page.getByRole('region', { name: 'Messages received' }).getByRole('list', { name: /^Replies to/ })
  const held = () => database.one("SELECT count(*)::int AS replies FROM replies WHERE status = 'held'")
  await test.step('a held reply is sent again, or counts as sent, only once that is confirmed', async () => {
    await database.rows(`UPDATE replies SET status = 'held', held_at = sent_at, sent_at = NULL, ended_at = NULL
      WHERE id = (SELECT id FROM replies WHERE status = 'sent' ORDER BY sent_at DESC LIMIT 1)`)
    await page.reload()
    await replies.getByRole('button', { name: 'Send again' }).click()
    const again = page.getByRole('alertdialog', { name: 'Send the reply again?' })
    await expect(again).toContainText('If it arrived after all, they get it twice.')
    await expectAccessible(page, { popupOpen: true, what: 'the question before a held reply is sent again' })
    await again.getByRole('button', { name: 'Cancel' }).click()
    expect(await held()).toEqual({ replies: 1 })
    await replies.getByRole('button', { name: 'Treat as sent' }).click()
    const sent = page.getByRole('alertdialog', { name: 'Treat the reply as sent?' })
    await sent.getByRole('button', { name: 'Treat as sent' }).click()
    await expect(replies.getByText('Sent', { exact: true })).toHaveCount(6)
    expect(await held()).toEqual({ replies: 0 })
  })
}

/** A message with an attachment is forwarded; five replies have left before. */
async function handOn(page: Page, api: ApiClient, database: Database) {
  const received = page.getByRole('region', { name: 'Messages received' })
  const replies = received.getByRole('list', { name: /^Replies to/ })
  await test.step('forwarded, it goes to whom is named, without what the message carries', async () => {
    const carried = JSON.stringify([{ filename: 'offer.pdf', type: 'application/pdf', bytes: 12 }])
    await database.rows('UPDATE received_messages SET attachments = $1::jsonb', [carried])
    await page.reload()
    await received.getByRole('button', { name: /^Forward/ }).click()
    const forward = received.getByRole('form', { name: 'Forward' })
    await expect(forward.getByLabel('Subject')).toHaveValue(/^Fwd: /)
    await expect(forward.getByText('1 attachment of this message is not sent along: offer.pdf')).toBeVisible()
    await forward.getByLabel('Text', { exact: true }).fill('For you.')
    await forward.getByRole('button', { name: 'Send' }).click()
    await expect(forward.getByText('Nobody is named: enter an address. Nothing was sent.')).toBeVisible()
    await forward.getByLabel('To', { exact: true }).fill('kim@partner.example')
    await forward.getByLabel('To', { exact: true }).press('Enter')
    await forward.getByRole('button', { name: 'Send' }).click()
    await expect(replies.getByText('Sent', { exact: true })).toHaveCount(6, { timeout: 60_000 })
    expect((await api.sandbox.list.query({ search: 'kim@partner.example' })).total).toBe(1)
  })
}

/** A campaign whose only lead has answered its first email, and a template to answer with. */
async function answered(app: Parameters<typeof furnish>[0], database: Database) {
  const api = await furnish(app)
  const workflowId = await createSequence(api, { name: 'Three touches', days: [0, 1, 1] })
  const leads = people(1)
  const batchIds = [await importBatch(api, 'Leads that answer', leads)]
  await api.templates.create.mutate({
    name: 'Times to meet',
    subject: 'Unused',
    bodyText: 'Dear {{ first_name }},\n\nTuesday at ten?',
  })
  const campaign = { name: 'Answered by us', batchIds, workflowId, timezone: 'Europe/Berlin' }
  const { id } = await api.campaigns.create.mutate(campaign)
  await api.campaigns.start.mutate({ campaignId: id })
  await expect.poll(() => database.ledgerOf(id), { timeout: 240_000 }).toMatchObject({ sent: 1 })
  const [address = ''] = leads.map(addressOf)
  const [email] = (await api.sandbox.list.query({ search: address })).rows
  const answer = { kind: 'reply', text: 'Yes, please tell me more.' } as const
  await api.sandbox.answer.mutate({ id: email?.id ?? '', answer })
  const [lead] = (await api.leads.list.query({ search: address })).leads
  const leadId = lead?.id ?? ''
  const messages = async () => (await api.leads.get.query({ id: leadId })).messages
  await expect.poll(async () => (await messages()).length, { timeout: 60_000 }).toBe(1)
  return { api, address, leadId }
}

async function expectFitsNarrow(page: Page) {
  await page.setViewportSize({ width: 360, height: 740 })
  await untilSettled(page)
  await expectNoSidewaysScroll(page, 'a reply that is written, 360 px')
  await page.setViewportSize({ width: 1280, height: 720 })
}
