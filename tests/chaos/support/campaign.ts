import { Prisma } from '@/db/generated/client'
import { execute } from '@/db/sql'
import type { Deps } from '@/deps'
import { type MailboxInput, mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'

export const BY = 'chaos'

export type StepTemplate = { subject: string; bodyText: string; bodyHtml?: string }

export type CampaignOptions = {
  leads: number
  /** Days between the steps; `[0]` is one email a lead. */
  days?: readonly number[]
  /** What each step says; a few words unless given. */
  templates?: readonly StepTemplate[]
  /** Later steps go on in the thread of the first. */
  replyInThread?: boolean
  /** Where the leads are, in turn. */
  domains?: readonly string[]
  /** How many mailboxes share the leads. */
  mailboxes?: number
  /** Mailboxes that are there already, in place of ones of its own. */
  mailboxIds?: readonly string[]
  mailbox?: Partial<MailboxInput>
}

/** A started campaign on leads, templates and mailboxes of its own. */
export async function startChaosCampaign(
  deps: Deps,
  {
    leads,
    days = [0],
    templates,
    replyInThread,
    domains,
    mailboxes = 1,
    mailbox = {},
    mailboxIds: given,
  }: CampaignOptions,
): Promise<{ id: string; mailboxIds: string[]; planned: number }> {
  const mailboxIds: string[] = [...(given ?? [])]
  for (let number = 1; !given && number <= mailboxes; number++) {
    const name = `sender${number}`
    const input = { name, fromName: 'Ada', fromEmail: `${name}@nexa.example`, kind: 'environment', ...mailbox }
    mailboxIds.push((await createMailbox(deps, mailboxInput.parse(input))).id)
  }
  const { id } = await createCampaign(deps, {
    campaignType: 'outreach',
    name: 'Chaos',
    timezone: 'UTC',
    batchIds: [await createLeads(deps, leads, domains)],
    workflowId: await createWorkflow(deps, { days, templates, replyInThread }),
    mailboxIds,
    by: BY,
  })
  const { emailsScheduled } = await startCampaign(deps, { campaignId: id, by: BY })
  return { id, mailboxIds, planned: emailsScheduled }
}

/** Leads in a batch of their own. Returns its id. */
export async function createLeads(
  { db, sql }: Deps,
  leads: number,
  domains: readonly string[] = ['customer.example'],
): Promise<string> {
  const batch = await db.leadBatch.create({ data: { name: 'Chaos' } })
  // The first batch has the plain addresses; further ones have their own.
  const tag = (await db.lead.count()) === 0 ? '' : `-${batch.id}`
  const statement = Prisma.sql`
    WITH lead AS (
      INSERT INTO leads (email, company_name, contact_name, first_name)
      SELECT 'lead' || n || ${tag}::text || '@' || (${domains}::text[])[1 + n % ${domains.length}::int],
             'Company ' || n, 'Ada Lead' || n, 'Ada' FROM generate_series(1, ${leads}::int) n
      RETURNING id)
    INSERT INTO batch_leads (batch_id, lead_id) SELECT ${batch.id}::uuid, id FROM lead`
  await execute(sql)`${statement}`
  return batch.id
}

type Steps = { days: readonly number[] } & Pick<CampaignOptions, 'templates' | 'replyInThread'>

const usualTemplate = (step: number): StepTemplate => ({
  subject: `Step ${step} for {{ company_name }}`,
  bodyText: 'Hello {{ first_name }}, a few words about what we could do for {{ company_name }}.',
})

async function createWorkflow({ db }: Deps, { days, templates = [], replyInThread = false }: Steps): Promise<string> {
  const { id } = await db.workflow.create({
    data: {
      name: 'Chaos',
      steps: {
        create: days.map((daysAfterPrevious, index) => ({
          stepNumber: index + 1,
          daysAfterPrevious,
          replyInThread: replyInThread && index > 0,
          template: { create: { name: `Step ${index + 1}`, ...(templates[index] ?? usualTemplate(index + 1)) } },
        })),
      },
    },
  })
  return id
}
