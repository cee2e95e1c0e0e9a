import { expect, type Page } from 'playwright/test'
import type { RunningApp } from '../../../scripts/lib/app/start-app'
import type { Database } from '../support/database'
import { createSequence, furnish, importBatch } from '../support/furnish'
import { addressOf, people } from '../support/people'

const ANSWERS = [
  { kind: 'reply', text: 'Yes, please call me on Tuesday.' },
  { kind: 'reply', text: 'How much would that be for a year?' },
  { kind: 'reply', text: 'Please write to my colleague in purchasing.' },
  { kind: 'out_of_office', until: '2026-03-16' },
  { kind: 'bounce' },
] as const
const LEADS = people(ANSWERS.length)
export const names = LEADS.map(({ first, last }) => `${first} ${last}`)

/** A campaign whose leads are emailed, and answer once `answers` is called. */
export async function setCampaign(app: Pick<RunningApp, 'url' | 'ownerCode'>, database: Database) {
  const api = await furnish(app)
  const workflowId = await createSequence(api, { name: 'Three touches', days: [0, 1, 1] })
  const batchIds = [await importBatch(api, 'Leads that answer', LEADS)]
  const { id } = await api.campaigns.create.mutate({
    name: 'Quiet halls',
    batchIds,
    workflowId,
    timezone: 'Europe/Berlin',
  })
  await api.campaigns.start.mutate({ campaignId: id })
  await expect.poll(() => database.ledgerOf(id), { timeout: 240_000 }).toMatchObject({ sent: LEADS.length })
  return async () => {
    const { rows } = await api.sandbox.list.query({})
    for (const [n, answer] of ANSWERS.entries()) {
      const address = LEADS.map(addressOf)[n]
      const { id: emailId = '' } = rows.find(({ toEmail }) => toEmail === address) ?? {}
      await api.sandbox.answer.mutate({ id: emailId, answer })
      await expect
        .poll(() => database.count('received_messages WHERE conversation_id IS NOT NULL'), { timeout: 60_000 })
        .toBe(n + 1)
    }
  }
}

export const list = (page: Page) => page.getByRole('list', { name: 'Conversations', exact: true })
export const rows = (page: Page) => list(page).getByRole('listitem')
export const scope = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name })
export const opened = (page: Page, name: string | undefined) =>
  page.getByRole('region', { name: name ?? '', exact: true })
export const toast = (page: Page, text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text })
