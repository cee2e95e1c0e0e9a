import { setTimeout as sleep } from 'node:timers/promises'
import { leadCriteria } from '@/domain/lead-generation/criteria'
import { createLeadSourceApis } from '@/lead-sources/open-lead-sources'
import { SAMPLE_KEY, SampleSources } from '@/lead-sources/sample/sample-server'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { sampleSourcesEnvironment } from '../../../scripts/lib/app/sample-sources'
import { eventually } from '../../support/worker-process'
import { BY } from '../support/campaign'
import { ask } from '../support/measures'
import { createRandom } from '../support/random'
import { atLeast, atMost, exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage, type Stage } from '../support/stage'

// Two of them search Hunter for other companies, so that whatever is bought twice was bought twice by one; the people
// of restaurants are known to two, so that addresses meet.
const CRITERIA = leadCriteria.parse({
  apollo: { keywords: 'restaurants' },
  google_places: { query: 'Restaurant' },
  hunter: { discover: { industries: ['law practice'] } },
})
const SOURCES = 3

export const killRuns = scenario({
  id: 'RUNS',
  title: 'kill -9 during a run of lead generation: nothing is bought twice, no lead is lost or doubled',
  full: { kills: 20, latency: 300 },
  short: { kills: 3, latency: 60 },
  run: async ({ seed, sizes, server }) => {
    const sample = await SampleSources.start({ latencyMs: sizes.latency })
    try {
      return await onStage({ seed, server, workerEnv: sampleSourcesEnvironment(sample.port) }, (stage) =>
        play(stage, sample, seed, sizes.kills),
      )
    } finally {
      await sample.close()
    }
  },
})

async function play(stage: Stage, sample: SampleSources, seed: number, kills: number) {
  const random = createRandom(seed)
  const campaignId = await startRun(stage, sample)
  let worker = stage.fleet.launch()
  await worker.ready
  await eventually(() => countCalls(stage.url, "status <> 'waiting'"), 'the first call is made')
  let killed = 0
  let onTheWire = 0
  while (killed < kills) {
    // The next one starts while this one works: the run's only job is taken until its worker is gone.
    const next = stage.fleet.launch()
    // However long it takes to start: the sources hold their responses, or the run could be over before it is killed.
    sample.beforeResponse = () => next.ready
    await next.ready
    await sleep(random.int(0, 400))
    await stage.fleet.kill(worker)
    worker = next
    if ((await countRuns(stage.url)) === 0) break
    killed++
    if ((await countCalls(stage.url, "status = 'asked'")) > 0) onTheWire++
    await bury(stage)
    const [run] = await ask<{ id: string }>(stage.url, 'SELECT id FROM lead_generation_runs')
    if (run) await stage.deps.queue.enqueueRun(run.id)
  }
  await eventually(async () => (await countRuns(stage.url)) === 0, 'the run ends', 240_000)
  return judge(stage, sample, campaignId, { kills, killed, onTheWire })
}

async function startRun(stage: Stage, sample: SampleSources): Promise<string> {
  const keys = { apollo: SAMPLE_KEY, google_places: SAMPLE_KEY, hunter: SAMPLE_KEY }
  const leadSources = createLeadSourceApis({ baseUrls: sample.baseUrls, local: true })
  const deps = {
    ...stage.deps,
    leadSources,
    config: { ...stage.deps.config, leadSources: { keys, sample: true } },
  }
  const { id: campaignId } = await createCampaign(deps, {
    campaignType: 'lead_generation',
    name: 'Killed',
    leadSources: ['apollo', 'google_places', 'hunter'],
    leadCriteria: CRITERIA,
    maxResultsPerRun: 2_000,
    by: BY,
  })
  await startCampaign(deps, { campaignId, by: BY })
  await leadSources.close()
  return campaignId
}

/** Brings about at once what takes minutes: the dead worker's leases end, and the queue misses its heartbeat. */
async function bury({ url }: Stage): Promise<void> {
  await ask(url, `UPDATE lead_generation_calls SET lease_until = now() - interval '1 second' WHERE status = 'asked'`)
  await ask(url, `DELETE FROM pgboss.job WHERE state = 'active' AND name = 'run-lead-generation'`)
}

async function judge(
  { url }: Stage,
  sample: SampleSources,
  campaignId: string,
  { kills, killed, onTheWire }: { kills: number; killed: number; onTheWire: number },
) {
  const [run] = await ask<{ status: string; found: number; added: number; in_doubt: number; leads: number }>(
    url,
    `SELECT r.status, sum(s.found)::int AS found, sum(s.added)::int AS added, sum(s.in_doubt)::int AS in_doubt,
            (SELECT count(*)::int FROM batch_leads) AS leads
     FROM lead_generation_runs r JOIN lead_generation_run_sources s ON s.run_id = r.id GROUP BY r.id`,
  )
  if (!run) throw new Error('The run is gone')
  const [calls] = await ask<{ answered: number; found: number; in_doubt: number; open: number; runs: number }>(
    url,
    `SELECT count(*) FILTER (WHERE status = 'answered')::int AS answered, sum(found)::int AS found,
            count(*) FILTER (WHERE status = 'in_doubt')::int AS in_doubt,
            count(*) FILTER (WHERE status IN ('waiting', 'asked'))::int AS open,
            (SELECT count(*)::int FROM lead_generation_runs) AS runs
     FROM lead_generation_calls`,
  )
  const [leads] = await ask<{ rows: number; addresses: number }>(
    url,
    'SELECT count(*)::int AS rows, count(DISTINCT lower(email))::int AS addresses FROM leads',
  )
  const bought = await peopleBought(url, sample)
  const [campaign] = await ask<{ status: string }>(url, `SELECT status FROM campaigns WHERE id = '${campaignId}'`)
  const { duplicates } = sample.purchases
  return {
    figures: [
      exactly('kills during the run', killed, kills),
      exactly('runs', calls?.runs ?? 0, 1),
      exactly('pages bought twice', duplicates.pages.length, 0),
      exactly('people and companies bought twice', duplicates.refs.length, 0),
      exactly('people bought at Apollo whose call is neither answered nor in doubt', bought.unaccounted, 0),
      exactly('people bought and answered for, with an address, who are no lead', bought.lost, 0),
      exactly('leads found, by the answers and by the ledger', calls?.found ?? 0, run.found),
      exactly('leads added, by the ledger and in the table', run.added, leads?.rows ?? 0),
      exactly('leads in the batch', run.leads, run.added),
      exactly('addresses that are there twice', (leads?.rows ?? 0) - (leads?.addresses ?? 0), 0),
      exactly('requests in doubt, by the journal and by the ledger', calls?.in_doubt ?? 0, run.in_doubt),
      atMost('requests in doubt', run.in_doubt, kills * SOURCES),
      exactly('calls left open', calls?.open ?? 0, 0),
      exactly('campaigns not completed', campaign?.status === 'completed' ? 0 : 1, 0),
      atLeast('kills that met a call under way', onTheWire, Math.ceil(kills / 3)),
    ],
    counts: { found: run.found, added: run.added, 'in doubt': run.in_doubt, 'calls answered': calls?.answered ?? 0 },
    notes: ['the lease of a call, and the time after which the queue misses a worker, are ended in the database'],
  }
}

/** People that Apollo sold, compared with the journal and the leads. */
async function peopleBought(url: string, sample: SampleSources) {
  const refs = await ask<{ ref: string; status: string }>(
    url,
    `SELECT unnest(refs) AS ref, status FROM lead_generation_calls WHERE source = 'apollo' AND status IN ('answered', 'in_doubt')`,
  )
  const stateOf = new Map(refs.map(({ ref, status }) => [ref, status]))
  const emails = new Set((await ask<{ email: string }>(url, 'SELECT email FROM leads')).map(({ email }) => email))
  const people = new Map(
    sample.world.flatMap((company) => company.people.map((person) => [person.id, person] as const)),
  )
  const sold = [...sample.purchases.refs.keys()].flatMap((ref) => (ref.startsWith('apollo ') ? [ref.slice(7)] : []))
  const answered = sold.filter((ref) => stateOf.get(ref) === 'answered').flatMap((ref) => people.get(ref) ?? [])
  return {
    unaccounted: sold.filter((ref) => !stateOf.has(ref)).length,
    lost: answered.filter(({ atApollo, email }) => atApollo === 'verified' && !emails.has(email.toLowerCase())).length,
  }
}

const countCalls = async (url: string, where: string) =>
  (await ask<{ n: number }>(url, `SELECT count(*)::int AS n FROM lead_generation_calls WHERE ${where}`))[0]?.n ?? 0

const countRuns = async (url: string) =>
  (
    await ask<{ n: number }>(
      url,
      "SELECT count(*)::int AS n FROM lead_generation_runs WHERE status IN ('pending', 'running')",
    )
  )[0]?.n ?? 0
