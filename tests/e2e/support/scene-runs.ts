import type { Database } from './database'

export type Counts = [
  added: number,
  existing: number,
  twice: number,
  invalid: number,
  suppressed: number,
  overCap: number,
]
export type SourceRow = {
  source: string
  counts: Counts
  requests: number
  credits: number
  failure?: [kind: string, message: string]
}
type Run = {
  due: string
  batchId: string | null
  status?: string
  outreachAt?: string
  plannedAt?: string
  inDoubt?: number
  sources: SourceRow[]
}

/** Inserts the runs of a campaign as they would have ended, with the yield and the calls of each source. */
export async function insertRuns(database: Database, campaignId: string, runs: readonly Run[]) {
  for (const {
    due,
    batchId,
    status = 'completed',
    outreachAt = null,
    plannedAt = null,
    inDoubt = 0,
    sources,
  } of runs) {
    const id = await database.insertRun({ campaignId, batchId, due, status, outreachAt, plannedAt })
    for (const [index, { source, counts, requests, credits, failure }] of sources.entries()) {
      const [added, existing, twice, invalid, suppressed, overCap] = counts
      const found = added + existing + twice + invalid + suppressed + overCap
      const doubt = index === 0 ? inDoubt : 0
      await database.rows(
        `INSERT INTO lead_generation_run_sources (run_id, source, status, cap, found, added, duplicate, existing, invalid,
           suppressed, over_cap, requests, credits, in_doubt, failure_kind, failure, finished_at)
         VALUES ($1, $2, $3, 100, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
        [
          id,
          source,
          failure ? 'failed' : 'completed',
          found,
          added,
          existing + twice,
          existing,
          invalid,
          suppressed,
          overCap,
          requests,
          credits,
          doubt,
          failure?.[0] ?? null,
          failure?.[1] ?? null,
          due,
        ],
      )
      await insertCalls(database, id, {
        source,
        answered: requests - doubt,
        inDoubt: doubt,
        failed: failure ? 1 : 0,
        due,
      })
    }
  }
}

async function insertCalls(
  database: Database,
  runId: string,
  {
    source,
    answered,
    inDoubt,
    failed,
    due,
  }: { source: string; answered: number; inDoubt: number; failed: number; due: string },
) {
  const statuses = [
    ...Array(answered - failed).fill('answered'),
    ...Array(inDoubt).fill('in_doubt'),
    ...Array(failed).fill('failed'),
  ]
  const refs = Array.from({ length: 10 }, (_, n) => `person-${n}`)
  for (const [seq, status] of statuses.entries()) {
    await database.rows(
      `INSERT INTO lead_generation_calls (run_id, source, api, seq, kind, paid, params, refs, status, asked_at, answered_at)
       VALUES ($1, $2, $2, $3, $4, $5, '{}', $6, $7, $8, $8)`,
      [
        runId,
        source,
        seq,
        status === 'in_doubt' ? 'match' : 'search',
        status === 'in_doubt',
        status === 'in_doubt' ? refs : [],
        status,
        due,
      ],
    )
  }
}
