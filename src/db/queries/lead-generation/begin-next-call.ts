import { execute, executeIf, queryCount, queryOne, type Sql, type Tx } from '@/db/sql'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import type { SourceCall } from '@/lead-sources/types'

export type RunSourceKey = { runId: string; source: LeadSourceName }

export type AskedCall = SourceCall & { id: string; claim: number }

/**
 * The source's row, locked, while it runs in a run of a campaign that runs. A statement of its own: the next one must
 * see rows as they are after the lock.
 */
export const lockRunSource = (tx: Tx, { runId, source }: RunSourceKey) =>
  queryOne<{ cap: number; found: number }>(tx)`
  SELECT s.cap, s.found FROM lead_generation_run_sources s
  JOIN lead_generation_runs r ON r.id = s.run_id JOIN campaigns c ON c.id = r.campaign_id
  WHERE s.run_id = ${runId}::uuid AND s.source = ${source} AND s.status = 'running' AND r.status = 'running'
    AND c.status = 'running'
  FOR NO KEY UPDATE OF s`

/**
 * Takes the top of the source's stack, unless a call of this source is under way. Once it has committed, the request
 * may go out.
 */
export const beginNextCall = (tx: Tx, input: RunSourceKey & { at: Date; leaseUntil: Date }) =>
  queryOne<AskedCall>(tx)`
  UPDATE lead_generation_calls
  SET status = 'asked', claim = claim + 1, asked_at = ${input.at}, lease_until = ${input.leaseUntil}
  WHERE id = (SELECT id FROM lead_generation_calls
              WHERE run_id = ${input.runId}::uuid AND source = ${input.source} AND status = 'waiting'
              ORDER BY seq DESC LIMIT 1)
    AND NOT EXISTS (SELECT 1 FROM lead_generation_calls
                    WHERE run_id = ${input.runId}::uuid AND source = ${input.source} AND status = 'asked')
  RETURNING id, api, kind, paid, params, refs, claim`

/** Count of the source's calls that wait or are under way. */
export const countOpenCalls = (sql: Sql, { runId, source }: RunSourceKey) =>
  queryCount(sql)`
  SELECT count(*)::int AS count FROM lead_generation_calls
  WHERE run_id = ${runId}::uuid AND source = ${source} AND status IN ('waiting', 'asked')`

/** Puts a call that was not made back to `waiting`, if it still is under this claim. */
export const giveCallBackIf = (sql: Sql, { id, claim }: { id: string; claim: number }) =>
  executeIf(sql)`
  UPDATE lead_generation_calls SET status = 'waiting', lease_until = NULL
  WHERE id = ${id}::uuid AND claim = ${claim} AND status = 'asked'`

/**
 * Settles calls still `asked` after their lease: their worker is gone. A free one is made again; a paid one may have
 * been served, so it is in doubt and never made again in this run. A late response still counts when its claim fits.
 */
export const expireCalls = (sql: Sql, realNow: Date) =>
  queryOne<{ calls: number; inDoubt: number }>(sql)`
  WITH lapsed AS (
    UPDATE lead_generation_calls SET status = CASE WHEN paid THEN 'in_doubt' ELSE 'waiting' END, lease_until = NULL
    WHERE status = 'asked' AND lease_until < ${realNow}
    RETURNING run_id, source, status
  ), counted AS (
    UPDATE lead_generation_run_sources s SET in_doubt = s.in_doubt + l.calls
    FROM (SELECT run_id, source, count(*)::int AS calls FROM lapsed WHERE status = 'in_doubt' GROUP BY 1, 2) l
    WHERE s.run_id = l.run_id AND s.source = l.source
  ), dropped AS (
    UPDATE lead_generation_calls c SET status = 'dropped' FROM lead_generation_runs r
    WHERE c.status = 'waiting' AND r.id = c.run_id AND r.status NOT IN ('pending', 'running')
  )
  SELECT count(*)::int AS calls, count(*) FILTER (WHERE status = 'in_doubt')::int AS "inDoubt" FROM lapsed`

/** Puts calls on top of the stack of their source; of several the first is made first. */
export const insertCalls = (
  sql: Sql,
  { runId, source, calls, status }: RunSourceKey & { calls: readonly SourceCall[]; status: 'waiting' | 'dropped' },
) =>
  execute(sql)`
  INSERT INTO lead_generation_calls (run_id, source, api, seq, kind, paid, params, refs, status)
  SELECT ${runId}::uuid, ${source}, call.api, top.seq + row_number() OVER (ORDER BY call.place DESC), call.kind, call.paid,
         call.params, ARRAY(SELECT jsonb_array_elements_text(call.refs)), ${status}
  FROM (SELECT entry->>'api' AS api, entry->>'kind' AS kind, (entry->>'paid')::boolean AS paid, entry->'params' AS params,
               entry->'refs' AS refs, place
        FROM jsonb_array_elements(${JSON.stringify(calls)}::jsonb) WITH ORDINALITY AS list(entry, place)) call,
       (SELECT COALESCE(max(seq), 0) AS seq FROM lead_generation_calls
        WHERE run_id = ${runId}::uuid AND source = ${source}) top`
