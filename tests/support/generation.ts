import { afterEach, beforeEach } from 'vitest'
import type { LeadCriteria, LeadSourceName } from '@/domain/lead-generation/criteria'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import { balances, sumYields } from '@/domain/lead-generation/yield'
import { SampleSources } from '@/lead-sources/sample/sample-server'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { listRuns } from '@/use-cases/lead-generation/list-runs'
import { runLeadGeneration } from '@/use-cases/lead-generation/run-lead-generation'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { BY, createEngine, createWorkflow, type Engine } from './engine'

/** An engine whose lead sources are samples over HTTP; both are closed together. */
export async function openWithSources(options: Parameters<typeof SampleSources.start>[0] = {}) {
  const sample = await SampleSources.start(options)
  const engine = await createEngine({ sample })
  const close = async () => {
    await engine.close()
    await sample.close()
  }
  /** The latest run of a campaign, and what one of its sources found. */
  const latestRun = async (campaignId: string) => {
    const run = (await runsOf(engine, campaignId)).at(-1)
    if (!run) throw new Error('The campaign has no run')
    return run
  }
  const sourceOf = async (campaignId: string, source: LeadSourceName) =>
    (await latestRun(campaignId)).sources.find((one) => one.source === source)
  return { engine, sample, close, latestRun, sourceOf }
}

/** Engine and samples of a suite's tests: opened before each of them and closed after it. */
export function eachWithSources() {
  let opened: Awaited<ReturnType<typeof openWithSources>>
  beforeEach(async () => {
    opened = await openWithSources()
  })
  afterEach(() => opened.close())
  return {
    get engine() {
      return opened.engine
    },
    get sample() {
      return opened.sample
    },
    latestRun: (campaignId: string) => opened.latestRun(campaignId),
    sourceOf: (campaignId: string, source: LeadSourceName) => opened.sourceOf(campaignId, source),
    /** Opens both anew, with these options of the sources. */
    async reopen(options: Parameters<typeof openWithSources>[0]) {
      await opened.close()
      opened = await openWithSources(options)
    },
  }
}

/**
 * Does `act` while the sources' response to the `nth` request for this path is held back, the request being charged;
 * resolves when it is done and the response may go.
 */
export function duringResponse(
  sample: SampleSources,
  { path, nth = 1 }: { path: string; nth?: number },
  act: () => Promise<unknown>,
): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  let seen = 0
  sample.beforeResponse = (_source, asked) => {
    if (!asked.endsWith(path) || ++seen !== nth) return undefined
    // A failure is the test's to see; the response goes all the same.
    act().then(resolve, reject)
    return promise.catch(() => undefined)
  }
  return promise
}

/** Dental companies and their people, which all three sources know in part. */
export const DENTISTS: LeadCriteria = leadCriteria.parse({
  // With credits to spare, so that people who are dropped are made up for.
  apollo: { keywords: 'dental', creditCap: 1_000 },
  google_places: { query: 'Dentist' },
  hunter: { discover: { industries: ['dental care'] } },
})

type Options = Partial<Omit<Parameters<typeof createCampaign>[1], 'by' | 'campaignType'>>

/** A started campaign that finds leads with all three sources. */
export async function startGeneration(engine: Engine, options: Options = {}) {
  const { id } = await createCampaign(engine.deps, {
    campaignType: 'lead_generation',
    name: 'Dentists',
    timezone: 'UTC',
    leadSources: ['apollo', 'google_places', 'hunter'],
    leadCriteria: DENTISTS,
    maxResultsPerRun: 200,
    ...options,
    by: BY,
  })
  await startCampaign(engine.deps, { campaignId: id, by: BY })
  return id
}

/** The same, whose leads are mailed in two steps a day apart, a day after each run. */
export async function startAutomated(engine: Engine, options: Options & { days?: number[]; body?: string } = {}) {
  const { days = [0, 1], body = 'Hello {{ company_name }}', ...campaign } = options
  const workflow = await createWorkflow(engine, { days, body })
  const { id } = await createCampaign(engine.deps, {
    campaignType: 'fully_automated',
    name: 'Automated',
    timezone: 'UTC',
    leadSources: ['apollo'],
    leadCriteria: DENTISTS,
    maxResultsPerRun: 10,
    workflowId: workflow.id,
    isRecurring: true,
    recurringInterval: 'daily',
    outreachDelayDays: 1,
    ...campaign,
    by: BY,
  })
  await startCampaign(engine.deps, { campaignId: id, by: BY })
  return id
}

/** Ticks, runs and emails, until nothing more is due at this time; as workers would. */
export async function workAll(engine: Engine): Promise<void> {
  await runTick(engine.deps)
  const open = await engine.db.leadGenerationRun.findMany({ where: { status: { in: ['pending', 'running'] } } })
  for (const { id: runId } of open) await runLeadGeneration(engine.deps, { runId })
  await engine.work()
}

/** The campaign's runs, the first first. */
export const runsOf = async (engine: Engine, campaignId: string) =>
  (await listRuns(engine.deps, { campaignId, pageSize: 200 })).rows.reverse()

/** Faults of the ledgers of all runs: none. */
export async function ledgerFaults(engine: Engine, campaignId: string): Promise<string[]> {
  const runs = await runsOf(engine, campaignId)
  const faults = runs.flatMap(({ sources, id }) =>
    sources.flatMap((one) => (balances(one) && one.found <= one.cap + one.overCap ? [] : [`${id} ${one.source}`])),
  )
  const added = sumYields(runs.flatMap(({ sources }) => sources)).added
  const rows = await engine.db.lead.count({ where: { source: { in: ['apollo', 'google_places', 'hunter'] } } })
  if (rows !== added) faults.push(`${rows} leads, but ${added} added`)
  for (const { batch, totals } of runs) {
    if ((batch?.leads ?? 0) !== totals.added)
      faults.push(`${batch?.name}: ${batch?.leads} leads, ${totals.added} added`)
  }
  return faults
}
