import { execute, executeIf, type Tx } from '@/db/sql'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'

/** Begins a run that is still pending, of a campaign that runs. Returns whether it was this call. */
export const beginRunIf = (tx: Tx, runId: string, at: Date) =>
  executeIf(tx)`
  UPDATE lead_generation_runs r SET status = 'running', started_at = ${at}
  FROM campaigns c
  WHERE r.id = ${runId}::uuid AND r.status = 'pending' AND c.id = r.campaign_id AND c.status = 'running'
  RETURNING r.id`

export type NewRunSource = { source: LeadSourceName; cap: number; failure: { kind: string; message: string } | null }

/** Inserts the sources of a run; those that cannot be used at all have failed from the start. */
export const insertRunSources = (tx: Tx, runId: string, sources: readonly NewRunSource[], at: Date) =>
  execute(tx)`
  INSERT INTO lead_generation_run_sources (run_id, source, cap, status, failure_kind, failure, finished_at)
  SELECT ${runId}::uuid, source, cap, CASE WHEN failure IS NULL THEN 'running' ELSE 'failed' END, kind, failure,
         CASE WHEN failure IS NOT NULL THEN ${at}::timestamptz END
  FROM unnest(${sources.map(({ source }) => source)}::text[], ${sources.map(({ cap }) => cap)}::int[],
              ${sources.map(({ failure }) => failure?.kind ?? null)}::text[],
              ${sources.map(({ failure }) => failure?.message ?? null)}::text[]) AS s(source, cap, kind, failure)`
