import { randomUUID } from 'node:crypto'
import { createDatabase } from '@/db/client'
import { type Ledger, ledgerOf } from '@/domain/campaign/progress'
import type { SampleSources } from '@/lead-sources/sample/sample-server'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { createTestDatabase, type TestDatabase } from './database/test-database'
import { createTestClock, depsOn } from './deps'
import { openPool } from './open-pool'
import { startSmtpSink } from './servers/smtp-sink'

export const BY = 'tester'

/**
 * The engine on a database and an SMTP server of its own, with a clock that the test sets. With `sample`, the lead sources
 * are switched on and lead there; with `database`, it runs on that one.
 */
export async function createEngine(
  options: { password?: () => string; sample?: SampleSources; database?: TestDatabase } = {},
) {
  const { url, drop } = options.database ?? (await createTestDatabase())
  const sink = await startSmtpSink(options)
  const clock = createTestClock()
  const database = createDatabase(url)
  const woken: string[] = []
  const pool = openPool(url)
  const deps = depsOn(database, sink, clock, woken, options.sample)
  await deps.db.settings.update({
    where: { id: 1 },
    data: { companyName: 'Nexa', postalAddress: 'Nexa, Main Street 1, 10115 Berlin' },
  })
  const engine = {
    url,
    deps,
    db: deps.db,
    /** For looks and changes behind the engine's back, on connections of their own. */
    pool,
    clock,
    sink,
    woken,
    /** A tick, then every send job it enqueued, until nothing more is enqueued; as a worker would. */
    work: async () => {
      await runTick(deps)
      for (let mailboxId = woken.pop(); mailboxId; mailboxId = woken.pop()) await sendMailbox(deps, { mailboxId })
    },
    close: async () => {
      deps.mailer.close()
      await deps.leadSources.close()
      await database.close()
      await pool.end()
      await sink.close()
      await drop()
    },
  }
  return engine
}
export type Engine = Awaited<ReturnType<typeof createEngine>>

/** Leads in a batch. */
export async function createBatch({ db }: Engine, { leads = 10, name = 'Test batch' } = {}) {
  const tag = randomUUID().slice(0, 8)
  const rows = Array.from({ length: leads }, (_, i) => ({
    email: `lead${String(i + 1).padStart(5, '0')}-${tag}@customer.example`,
    companyName: `Company ${i + 1}`,
    contactName: `Ada Lead${i + 1}`,
    firstName: 'Ada',
  }))
  const created = await db.lead.createManyAndReturn({ data: rows })
  const batch = await db.leadBatch.create({
    data: { name, leads: { createMany: { data: created.map(({ id }) => ({ leadId: id })) } } },
  })
  return { batch, leads: created }
}

/** A workflow with the given days between its steps; `[0, 1, 1]` is three steps, one day apart. */
export async function createWorkflow(
  { db }: Engine,
  { days = [0, 1, 1], replyInThread = false, body = 'Hello {{ first_name }}' } = {},
) {
  return db.workflow.create({
    data: {
      name: `${days.length} steps`,
      steps: {
        create: days.map((daysAfterPrevious, i) => ({
          stepNumber: i + 1,
          daysAfterPrevious,
          replyInThread: replyInThread && i > 0,
          template: {
            create: { name: `Step ${i + 1}`, subject: `Step ${i + 1} for {{ company_name }}`, bodyText: body },
          },
        })),
      },
    },
    include: { steps: { orderBy: { stepNumber: 'asc' } } },
  })
}

export type OutreachOptions = {
  leads?: number
  days?: number[]
  name?: string
  timezone?: string
  body?: string
  replyInThread?: boolean /** Further batches. */
  batchIds?: string[]
}

/** A draft outreach campaign with leads and workflow of its own. */
export async function createOutreach(engine: Engine, options: OutreachOptions = {}) {
  const { batch, leads } = await createBatch(engine, {
    leads: options.leads ?? 10,
    name: `Batch of ${options.name ?? 'campaign'}`,
  })
  const workflow = await createWorkflow(engine, options)
  const { id } = await createCampaign(engine.deps, {
    campaignType: 'outreach',
    name: options.name ?? 'Test campaign',
    timezone: options.timezone ?? 'UTC',
    batchIds: [batch.id, ...(options.batchIds ?? [])],
    workflowId: workflow.id,
    by: BY,
  })
  return { id, batch, leads, workflow }
}

/** The same, started. */
export async function startOutreach(engine: Engine, options: OutreachOptions = {}) {
  const campaign = await createOutreach(engine, options)
  const started = await startCampaign(engine.deps, { campaignId: campaign.id, by: BY })
  return { ...campaign, started }
}

/** The campaign's ledger, counted over the rows. */
export async function readLedger({ db }: Engine, campaignId: string): Promise<Ledger> {
  const groups = await db.scheduledEmail.groupBy({ by: ['status'], where: { campaignId }, _count: true })
  return ledgerOf(groups.map((group) => ({ status: group.status, count: group._count })))
}

/** The campaign's status. */
export const statusOf = async ({ db }: Engine, campaignId: string) =>
  (await db.campaign.findUniqueOrThrow({ where: { id: campaignId } })).status
