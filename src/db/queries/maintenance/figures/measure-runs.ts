import { queryOne, type Sql } from '@/db/sql'

/** `wanted` and `found`: leads. `startedAt`: of the one that began first; null where none has begun. */
export type OpenRuns = { pending: number; running: number; wanted: number; found: number; startedAt: Date | null }

/** The runs of lead generation that are not over (idx_lead_generation_runs_open), and how far they are. */
export const measureRuns = (sql: Sql) =>
  queryOne<OpenRuns>(sql)`
  WITH open AS MATERIALIZED (
    SELECT id, status, started_at FROM lead_generation_runs WHERE status IN ('pending', 'running')
  )
  SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending, count(*) FILTER (WHERE status = 'running')::int AS running,
         COALESCE(sum(s.wanted), 0)::int AS wanted, COALESCE(sum(s.found), 0)::int AS found, min(started_at) AS "startedAt"
  FROM open CROSS JOIN LATERAL (
    SELECT sum(cap) AS wanted, sum(found) AS found FROM lead_generation_run_sources WHERE run_id = open.id) s`
