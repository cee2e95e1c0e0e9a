import type { ApiClient } from '../../../scripts/lib/demo/api-client'
import { createSequence, importBatch } from './furnish'

/**
 * A campaign to two leads that runs from the sandbox: a mailbox that goes out would need a public address to start with. Its first
 * emails are due in the evening, when the mailbox has another server.
 */
export async function startRunningCampaign(
  api: ApiClient,
  { days }: { days: readonly number[] },
): Promise<{ id: string; mailboxId: string }> {
  const at = { company: 'Nordwind', title: 'Buyer', city: 'Kiel', country: 'Germany' }
  const batchId = await importBatch(api, 'Nordwind', [
    { ...at, first: 'Ada', last: 'Kuhn' },
    { ...at, first: 'Kim', last: 'Voss' },
  ])
  const workflowId = await createSequence(api, { name: 'Some', days })
  const { id } = await api.campaigns.create.mutate({
    campaignType: 'outreach',
    name: 'Spring',
    batchIds: [batchId],
    workflowId,
  })
  const [sandbox] = await api.mailboxes.list.query()
  if (!sandbox) throw new Error('There is no mailbox')
  const mailboxId = sandbox.id
  const mailbox = { name: 'Sam', kind: 'environment', fromName: 'Sam Porter', fromEmail: 'sam@nexa.example' } as const
  await api.mailboxes.update.mutate({ mailboxId, mailbox: { ...mailbox, windowStartMinute: 20 * 60 } })
  await api.campaigns.start.mutate({ campaignId: id })
  return { id, mailboxId }
}
