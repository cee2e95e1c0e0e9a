import { Prisma } from '@/db/generated/client'
import { execute } from '@/db/sql'
import type { Deps } from '@/deps'
import { type MailboxInput, mailboxInput } from '@/domain/mailbox'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'

export const BY = 'chaos'

export type CampaignOptions = {
  leads: number
  /** Days between the steps; `[0]` is one email a lead. */
  days?: readonly number[]
  /** How many mailboxes share the leads. */
  mailboxes?: number
  mailbox?: Partial<MailboxInput>
}

/** A started campaign on leads, templates and mailboxes of its own. */
export async function startChaosCampaign(
  deps: Deps,
  { leads, days = [0], mailboxes = 1, mailbox = {} }: CampaignOptions,
): Promise<{ id: string; mailboxIds: string[]; planned: number }> {
  const mailboxIds: string[] = []
  for (let number = 1; number <= mailboxes; number++) {
    const name = `sender${number}`
    const input = { name, fromName: 'Ada', fromEmail: `${name}@nexa.example`, kind: 'environment', ...mailbox }
    mailboxIds.push((await createMailbox(deps, mailboxInput.parse(input))).id)
  }
  const { id } = await createCampaign(deps, {
    campaignType: 'outreach',
    name: 'Chaos',
    timezone: 'UTC',
    batchIds: [await createLeads(deps, leads)],
    workflowId: await createWorkflow(deps, days),
    mailboxIds,
    by: BY,
  })
  const { emailsScheduled } = await startCampaign(deps, { campaignId: id, by: BY })
  return { id, mailboxIds, planned: emailsScheduled }
}

async function createLeads({ db, sql }: Deps, leads: number): Promise<string> {
  const batch = await db.leadBatch.create({ data: { name: 'Chaos' } })
  const statement = Prisma.sql`
    WITH lead AS (
      INSERT INTO leads (email, company_name, contact_name, first_name)
      SELECT 'lead' || n || '@customer.example', 'Company ' || n, 'Ada Lead' || n, 'Ada' FROM generate_series(1, ${leads}::int) n
      RETURNING id)
    INSERT INTO batch_leads (batch_id, lead_id) SELECT ${batch.id}::uuid, id FROM lead`
  await execute(sql)`${statement}`
  return batch.id
}

async function createWorkflow({ db }: Deps, days: readonly number[]): Promise<string> {
  const { id } = await db.workflow.create({
    data: {
      name: 'Chaos',
      steps: {
        create: days.map((daysAfterPrevious, index) => ({
          stepNumber: index + 1,
          daysAfterPrevious,
          template: {
            create: {
              name: `Step ${index + 1}`,
              subject: `Step ${index + 1} for {{ company_name }}`,
              bodyText: 'Hello {{ first_name }}, a few words about what we could do for {{ company_name }}.',
            },
          },
        })),
      },
    },
  })
  return id
}
