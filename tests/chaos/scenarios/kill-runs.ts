import { setTimeout as sleep } from 'node:timers/promises'
import { leadCriteria } from '@/domain/lead-generation/criteria-input'
import { createLeadSourceApis } from '@/lead-sources/open-lead-sources'
import { SAMPLE_KEY, SampleSources } from '@/lead-sources/sample/sample-server'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { sampleSourcesEnvironment } from '../../../scripts/lib/app/sample-sources'
import { eventually } from '../../support/worker-process'
import { BY } from '../support/campaign'
import {
  change,
  countFoundByCalls,
  selectAddresses,
  selectApolloRefs,
  selectCallCounts,
  selectRun,
  selectRunYield,
  selectStatus,
} from '../support/look-ups'
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
  await startRun(stage, sample)
  let worker = stage.fleet.launch()
  await worker.ready
  await eventually(
    async () => [...(await selectCallCounts(stage)).keys()].some((status) => status !== 'waiting'),
    'the first call is made',
  )
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
    if (!(await selectRun(stage)).open) break
    killed++
    if ((await selectCallCounts(stage)).has('asked')) onTheWire++
    await bury(stage)
    await stage.deps.queue.enqueueRun((await selectRun(stage)).id)
  }
  await eventually(async () => !(await selectRun(stage)).open, 'the run ends', 240_000)
  return judge(stage, sample, { kills, killed, onTheWire })
}

async function startRun(stage: Stage, sample: SampleSources): Promise<void> {
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
}

/** Brings about at once what takes minutes: the dead worker's leases end, and the queue misses its heartbeat. */
async function bury(stage: Stage): Promise<void> {
  await change(
    stage,
    `UPDATE lead_generation_calls SET lease_until = now() - interval '1 second' WHERE status = 'asked'`,
  )
  await change(stage, `DELETE FROM pgboss.job WHERE state = 'active' AND name = 'run-lead-generation'`)
}

async function judge(
  stage: Stage,
  sample: SampleSources,
  { kills, killed, onTheWire }: { kills: number; killed: number; onTheWire: number },
) {
  const run = await selectRunYield(stage)
  const calls = await selectCallCounts(stage)
  const addresses = await selectAddresses(stage)
  const bought = await peopleBought(stage, sample)
  const { duplicates } = sample.purchases
  return {
    figures: [
      exactly('kills during the run', killed, kills),
      exactly('runs', run.runs, 1),
      exactly('pages bought twice', duplicates.pages.length, 0),
      exactly('people and companies bought twice', duplicates.refs.length, 0),
      exactly('people bought at Apollo whose call is neither answered nor in doubt', bought.unaccounted, 0),
      exactly('people bought and answered for, with an address, who are no lead', bought.lost, 0),
      exactly('leads found, by the answers and by the ledger', await countFoundByCalls(stage), run.found),
      exactly('leads added, by the ledger and in the table', run.added, addresses.length),
      exactly('leads in the batch', run.leads, run.added),
      exactly(
        'addresses that are there twice',
        addresses.length - new Set(addresses.map((email) => email.toLowerCase())).size,
        0,
      ),
      exactly('requests in doubt, by the journal and by the ledger', calls.get('in_doubt') ?? 0, run.in_doubt),
      atMost('requests in doubt', run.in_doubt, kills * SOURCES),
      exactly('calls left open', (calls.get('waiting') ?? 0) + (calls.get('asked') ?? 0), 0),
      exactly('campaigns not completed', (await selectStatus(stage)) === 'completed' ? 0 : 1, 0),
      atLeast('kills that met a call under way', onTheWire, Math.ceil(kills / 3)),
    ],
    counts: {
      found: run.found,
      added: run.added,
      'in doubt': run.in_doubt,
      'calls answered': calls.get('answered') ?? 0,
    },
    notes: ['the lease of a call, and the time after which the queue misses a worker, are ended in the database'],
  }
}

/** People that Apollo sold, compared with the journal and the leads. */
async function peopleBought(stage: Stage, sample: SampleSources) {
  const refs = await selectApolloRefs(stage)
  const stateOf = new Map(refs.map(({ ref, status }) => [ref, status]))
  const emails = new Set(await selectAddresses(stage))
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
