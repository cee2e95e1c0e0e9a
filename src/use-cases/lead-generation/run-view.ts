import { selectLeadCounts } from '@/db/queries/leads/lead-counts'
import type { RunRow } from '@/db/run-parts'
import type { Sql } from '@/db/sql'
import { type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import type { RunSourceStatus, RunStatus } from '@/domain/lead-generation/run'
import { sumYields, type Yield } from '@/domain/lead-generation/yield'

export type SourceYield = Yield & {
  source: LeadSourceName
  label: string
  status: RunSourceStatus
  /** Leads that it may find at most in this run. */
  cap: number
  /** Why it ended early, in plain words; `kind` as sources tell their troubles apart. */
  failure: { kind: string; message: string } | null
}

export type RunView = {
  id: string
  campaignId: string
  status: RunStatus
  dueAt: Date
  /** Runs that were missed before this one, which stands for them all. */
  missedRuns: number
  startedAt: Date | null
  finishedAt: Date | null
  /** In plain words: why all of it failed, or which sources did. */
  failure: string | null
  /** What was found; null while nothing is. */
  batch: { id: string; name: string; leads: number } | null
  /** Fully automated: when the batch's emails are planned, and when they were. */
  outreachAt: Date | null
  plannedAt: Date | null
  sources: SourceYield[]
  totals: Yield
}

type SourceRow = RunRow['sources'][number]

/** Runs in the form of screens; how many leads their batches have is told by the kept counts. */
export async function toRunViews(sql: Sql, runs: readonly RunRow[]): Promise<RunView[]> {
  const counts = await selectLeadCounts(
    sql,
    runs.flatMap(({ batch }) => (batch ? [batch.id] : [])),
  )
  const leadsOf = (id: string) => counts.reduce((sum, { batchId, count }) => (batchId === id ? sum + count : sum), 0)
  return runs.map((run) => toRunView(run, leadsOf))
}

function toRunView({ batch, sources, status, ...run }: RunRow, leadsOf: (batchId: string) => number): RunView {
  const yields = sources.map(toSourceYield)
  return {
    id: run.id,
    campaignId: run.campaignId,
    status,
    dueAt: run.dueAt,
    missedRuns: run.missedRuns,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    failure: run.failure,
    batch: batch && { ...batch, leads: leadsOf(batch.id) },
    outreachAt: run.outreachAt,
    plannedAt: run.plannedAt,
    sources: yields,
    totals: sumYields(yields),
  }
}

function toSourceYield({ source, status, cap, failureKind, failure, ...counts }: SourceRow): SourceYield {
  const { found, added, duplicate, invalid, suppressed, overCap, existing, noAddress, seen } = counts
  const { requests, credits, inDoubt } = counts
  return {
    source,
    label: SOURCE_LABELS[source],
    status,
    cap,
    failure: failure === null ? null : { kind: failureKind ?? 'outage', message: failure },
    ...{ found, added, duplicate, invalid, suppressed, overCap, existing, noAddress, seen, requests, credits, inDoubt },
  }
}
