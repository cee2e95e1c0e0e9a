import { expect, type Page, test } from 'playwright/test'
import type { ApiClient } from '../../../scripts/lib/demo/api-client'
import type { Database } from '../support/database'

type Answered = { api: ApiClient; address: string; leadId: string; database: Database }

const SEND = '**/api/trpc/replies.send**'

/** A lead that was emailed and has one reply of ours; it gets three more. */
export async function sendTwice(page: Page, { api, address, leadId, database }: Answered) {
  const received = page.getByRole('region', { name: 'Messages received' })
  const form = received.getByRole('form', { name: 'Reply' })
  const text = form.getByLabel('Text', { exact: true })
  const sent = received.getByRole('list', { name: /^Replies to/ }).getByText('Sent', { exact: true })
  const inSandbox = async () => (await api.sandbox.list.query({ search: address })).total
  const send = () => form.getByRole('button', { name: 'Send' }).click()
  /** The server does it, and its answer does not come. */
  const sendInVain = async () => {
    await page.route(SEND, async (route) => {
      await route.fetch()
      await route.abort()
    })
    await send()
    await expect(form.getByText('What you have written is still here.')).toBeVisible()
    await page.unroute(SEND)
  }

  await test.step('a reply whose answer is lost on the way is one reply, however often it is sent', async () => {
    await page.goto(`/leads/${leadId}`)
    await received.getByRole('button', { name: /^Reply to/ }).click()
    await text.fill('At ten, then.')
    await sendInVain()
    await page.reload()
    await expect(text).toHaveValue('At ten, then.')
    await send()
    await expect(form).toHaveCount(0)
    await expect(sent).toHaveCount(2, { timeout: 60_000 })
    expect(await database.count("replies WHERE body_text LIKE 'At ten, then.%'")).toBe(1)
    expect(await inSandbox()).toBe(3)
  })

  await test.step('changed after that, it is a further reply only where that is confirmed', async () => {
    await received.getByRole('button', { name: /^Reply to/ }).click()
    await text.fill('Or at eleven.')
    await sendInVain()
    await text.fill('Or at twelve.')
    await send()
    const dialog = page.getByRole('alertdialog', { name: 'Send this as a further reply?' })
    await expect(dialog).toContainText('This reply is stored already')
    await dialog.getByRole('button', { name: 'Send a further reply' }).click()
    await expect(form).toHaveCount(0)
    await expect(sent).toHaveCount(4, { timeout: 60_000 })
    expect(await inSandbox()).toBe(5)
  })
}
