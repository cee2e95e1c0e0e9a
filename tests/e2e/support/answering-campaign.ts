import { expect } from 'playwright/test'
import type { ApiClient } from '../../../scripts/lib/demo/api-client'
import type { Database } from './database'
import { createSequence, importBatch } from './furnish'
import { addressOf, type Person } from './people'

/** What a lead writes back; the first leads answer, in this order. */
export type Answer = Parameters<ApiClient['sandbox']['answer']['mutate']>[0]['answer']

type Plan = {
  name: string
  leads: readonly Person[]
  answers: readonly Answer[]
  /** Before each step. */
  days?: readonly number[]
}

/** A campaign whose first emails have left; its leads answer once `answer` is called. */
export async function startAnswering(
  { api, database }: { api: ApiClient; database: Database },
  { name, leads, answers, days = [0, 1, 1] }: Plan,
) {
  const workflowId = await createSequence(api, { name: `Three touches of ${name}`, days })
  const batchIds = [await importBatch(api, `Guests of ${name}`, leads)]
  const { id } = await api.campaigns.create.mutate({ name, batchIds, workflowId, timezone: 'Europe/Berlin' })
  await api.campaigns.start.mutate({ campaignId: id })
  await expect.poll(() => database.ledgerOf(id), { timeout: 240_000 }).toMatchObject({ sent: leads.length })
  const received = () => database.count('received_messages WHERE conversation_id IS NOT NULL')
  const answer = async () => {
    const { rows } = await api.sandbox.list.query({ pageSize: 100 })
    for (const [n, one] of answers.entries()) {
      const before = await received()
      const address = leads.map(addressOf)[n]
      const { id: emailId = '' } = rows.find(({ toEmail }) => toEmail === address) ?? {}
      await api.sandbox.answer.mutate({ id: emailId, answer: one })
      await expect.poll(received, { timeout: 60_000 }).toBe(before + 1)
    }
  }
  return { id, answer }
}
