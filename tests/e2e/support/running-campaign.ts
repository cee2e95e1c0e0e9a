import type { ApiClient } from '../../../scripts/lib/demo/api-client'
import type { Database } from './database'
import { createSequence, importBatch } from './furnish'
import { setBack } from './scene-midway'

/** A night in which a tick comes each second, and an evening that no test lives to see. */
export const NIGHT = { start: '2026-03-02T00:30:00Z', speed: 60 }

/**
 * A campaign to two leads that runs from the sandbox: a mailbox that goes out would need a public address to start with. Its first
 * emails are due in the evening, the next ones a day after those: none leaves before time is let pass.
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

/** Lets the evening of the first emails come. */
export const letEveningCome = (database: Database, campaignId: string) => letPass(database, campaignId, { hours: 20 })

/** Lets a day pass since the last emails. */
export const letDayPass = (database: Database, campaignId: string) => letPass(database, campaignId, { hours: 24 })

/** Lets time pass by what it does to a campaign, at once for all who look: what was done and planned lies so much farther back. */
async function letPass(database: Database, campaignId: string, { hours }: { hours: number }) {
  await database.rows('BEGIN')
  await setBack(database, campaignId, { days: 0, hours })
  await database.rows('COMMIT')
}
