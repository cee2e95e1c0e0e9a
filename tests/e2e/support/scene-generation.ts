import type { ApiClient } from '../../../scripts/lib/demo/api-client'
import type { Database } from './database'
import { type Counts, insertRuns, type SourceRow } from './scene-runs'

const NO_HUNTER: [string, string] = [
  'quota',
  'Hunter has no requests left on this plan until it renews. Nothing more was asked of it; what the others found is kept.',
]

const LEAD_SOURCES = ['apollo', 'google_places', 'hunter'] as const
const CRITERIA = {
  apollo: {
    titles: ['Owner', 'Managing Director', 'Office Manager'],
    seniorities: ['owner', 'director', 'manager'],
    companyLocations: ['Hamburg, Germany', 'Berlin, Germany'],
    companySizes: ['1-10', '11-50', '51-200'],
  },
  google_places: { query: 'dental clinic', area: 'Hamburg', regionCode: 'DE', minRating: 4 },
  hunter: {
    departments: ['executive', 'management'],
    discover: { country: 'DE', city: 'Hamburg', industries: ['dental care'] },
  },
} as const

/** Campaigns that find leads, in the middle of their work, as their runs would have left them. */
export async function setGenerationScene(
  {
    api,
    database,
    workflowId,
    mailboxIds,
  }: { api: ApiClient; database: Database; workflowId: string; mailboxIds: string[] },
  batches: { firstRun: string; secondRun: string; lastRun: string; mailed: string },
) {
  const plan = {
    timezone: 'Europe/Berlin',
    leadSources: [...LEAD_SOURCES],
    leadCriteria: CRITERIA as never,
    maxResultsPerRun: 100,
    isRecurring: true,
    endDate: new Date('2026-04-30T21:59:00Z'),
  }
  for (const source of LEAD_SOURCES) await api.leadSources.test.mutate({ source })
  const finding = await create(api, 'lead_generation', 'Dental clinics in the north', {
    ...plan,
    recurringInterval: 'weekly',
  })
  const draftFinding = await create(api, 'lead_generation', 'Purchasing leads, Hanseatic towns', {
    ...plan,
    recurringInterval: 'daily',
  })
  const draftAutomated = await create(api, 'fully_automated', 'Clinics, find and write', {
    ...plan,
    recurringInterval: 'daily',
    outreachDelayDays: 1,
    mailboxIds,
    workflowId,
  })
  await setRunning(database, finding, { startedAt: '2026-02-18T08:00:00Z', nextRunAt: '2026-03-11T08:00:00Z' })
  const found = (counts: Counts, requests: number, credits = 0): Omit<SourceRow, 'source'> => ({
    counts,
    requests,
    credits,
  })
  await insertRuns(database, finding, [
    {
      due: '2026-02-18T08:00:00Z',
      batchId: batches.firstRun,
      sources: [
        { source: 'apollo', ...found([30, 6, 2, 4, 1, 0], 6, 43) },
        { source: 'google_places', ...found([18, 2, 3, 9, 0, 0], 14, 11) },
        { source: 'hunter', ...found([12, 1, 2, 1, 0, 0], 5, 3) },
      ],
    },
    {
      due: '2026-02-25T08:00:00Z',
      batchId: batches.secondRun,
      inDoubt: 1,
      sources: [
        { source: 'apollo', ...found([10, 3, 1, 2, 0, 0], 5, 20) },
        { source: 'google_places', ...found([9, 11, 0, 6, 0, 0], 12, 8) },
        { source: 'hunter', ...found([5, 2, 1, 0, 1, 0], 3, 2) },
      ],
    },
    {
      due: '2026-03-04T08:00:00Z',
      batchId: batches.lastRun,
      sources: [
        { source: 'apollo', ...found([22, 5, 0, 3, 1, 7], 7, 38) },
        { source: 'google_places', ...found([8, 4, 2, 7, 0, 0], 11, 9) },
        { source: 'hunter', ...found([0, 0, 0, 0, 0, 0], 1), failure: NO_HUNTER },
      ],
    },
  ])
  return { finding, draftFinding, draftAutomated }
}

/** Makes an outreach campaign whose first emails have left into one that finds its leads itself. */
export async function setAutomated(
  database: Database,
  campaignId: string,
  { mailed, found }: { mailed: string; found: string },
) {
  await database.rows(
    `UPDATE campaigns SET campaign_type = 'fully_automated', lead_sources = $2, lead_criteria = $3, max_results_per_run = 50,
       is_recurring = true, recurring_interval = 'daily', end_date = '2026-04-30T21:59:00Z', outreach_delay_days = 1 WHERE id = $1`,
    [campaignId, JSON.stringify(LEAD_SOURCES), JSON.stringify(CRITERIA)],
  )
  await database.rows("UPDATE campaigns SET next_run_at = '2026-03-05T08:00:00Z' WHERE id = $1", [campaignId])
  await insertRuns(database, campaignId, [
    {
      due: '2026-03-03T08:00:00Z',
      batchId: mailed,
      outreachAt: '2026-03-04T08:01:00Z',
      plannedAt: '2026-03-04T08:01:00Z',
      sources: [
        { source: 'apollo', counts: [11, 3, 1, 2, 0, 0], requests: 4, credits: 17 },
        { source: 'google_places', counts: [5, 2, 0, 5, 1, 0], requests: 9, credits: 6 },
        { source: 'hunter', counts: [4, 0, 2, 0, 0, 0], requests: 3, credits: 2 },
      ],
    },
    {
      due: '2026-03-04T08:00:00Z',
      batchId: found,
      outreachAt: '2026-03-05T08:02:00Z',
      sources: [
        { source: 'apollo', counts: [14, 4, 0, 1, 0, 3], requests: 4, credits: 19 },
        { source: 'google_places', counts: [5, 6, 0, 3, 0, 0], requests: 8, credits: 5 },
        { source: 'hunter', counts: [5, 1, 0, 0, 0, 0], requests: 3, credits: 2 },
      ],
    },
  ])
}

async function create(api: ApiClient, campaignType: 'lead_generation' | 'fully_automated', name: string, plan: object) {
  return (await api.campaigns.create.mutate({ campaignType, name, ...plan })).id
}

const setRunning = (
  database: Database,
  id: string,
  { startedAt, nextRunAt }: { startedAt: string; nextRunAt: string },
) =>
  database.rows(
    `UPDATE campaigns SET status = 'running', actual_started_at = $2, next_run_at = $3, created_at = $2 WHERE id = $1`,
    [id, startedAt, nextRunAt],
  )
