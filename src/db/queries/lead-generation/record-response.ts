import { execute, executeIf, query, queryOne, type Sql, type Tx } from '@/db/sql'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'
import type { RunStatus } from '@/domain/lead-generation/run'
import type { Yield } from '@/domain/lead-generation/yield'
import type { RunSourceKey } from './begin-next-call'

type Claimed = { id: string; claim: number }

/**
 * Closes a call with its response, only if it was made under this claim and is not closed yet; `was` is the state
 * before, `in_doubt` included. Its refs get those of the people it `brought` under them; a call that passed over known
 * refs, without a request, has bought nothing and keeps none.
 */
export const recordResponseIf = (
  tx: Tx,
  input: Claimed & { found: number; brought: readonly string[]; requests: number; credits: number; at: Date },
) =>
  queryOne<{ was: 'asked' | 'in_doubt' }>(tx)`
  UPDATE lead_generation_calls
  SET status = 'answered', lease_until = NULL, answered_at = ${input.at}, found = ${input.found},
      requests = ${input.requests}, credits = ${input.credits}, refs = CASE WHEN ${input.requests} = 0 THEN '{}' ELSE refs || ${[...input.brought]}::text[] END
  WHERE id = ${input.id}::uuid AND claim = ${input.claim} AND status IN ('asked', 'in_doubt')
  RETURNING old.status AS was`

/** Closes a call without a response, only if it still is under this claim. */
export const failCallIf = (
  tx: Tx,
  input: Claimed & { status: 'failed' | 'in_doubt'; kind: string; message: string; at: Date },
) =>
  executeIf(tx)`
  UPDATE lead_generation_calls
  SET status = ${input.status}, lease_until = NULL, answered_at = ${input.at}, failure_kind = ${input.kind},
      failure = ${input.message}
  WHERE id = ${input.id}::uuid AND claim = ${input.claim} AND status = 'asked'
  RETURNING id`

/**
 * Lock of a response's run, taken before its source's, as a stop does: in another order, the two would wait for each
 * other, and a response that saw the run before the stop would add calls after it.
 */
export const lockRun = (tx: Tx, runId: string) =>
  execute(tx)`
  SELECT id FROM lead_generation_runs WHERE id = ${runId}::uuid FOR NO KEY UPDATE`

/** What an answer needs to know of its run, source and campaign. */
export type RunFacts = {
  cap: number
  found: number
  /** The source still runs, so what follows may be asked. */
  open: boolean
  batchId: string | null
  campaignId: string
  runStatus: RunStatus
  startedAt: Date | null
  campaignName: string
  campaignType: CampaignType
  campaignStatus: CampaignStatus
  timezone: string
  addExistingLeads: boolean
}

/** The row of a source with the facts that a response needs, locked. A statement of its own, after the run's lock. */
export const lockForResponse = (tx: Tx, { runId, source }: RunSourceKey) =>
  queryOne<RunFacts>(tx)`
  SELECT s.cap, s.found, s.status = 'running' AND r.status = 'running' AS open, r.batch_id AS "batchId", r.campaign_id AS "campaignId",
         r.status AS "runStatus", r.started_at AS "startedAt", c.name AS "campaignName", c.campaign_type AS "campaignType", c.timezone,
         c.add_existing_leads AS "addExistingLeads", c.status AS "campaignStatus"
  FROM lead_generation_run_sources s
  JOIN lead_generation_runs r ON r.id = s.run_id JOIN campaigns c ON c.id = r.campaign_id
  WHERE s.run_id = ${runId}::uuid AND s.source = ${source}
  FOR NO KEY UPDATE OF s`

/** Adds to a source's yield. The database refuses one that does not balance. */
export const addYield = (tx: Tx, { runId, source, ...more }: RunSourceKey & Yield) =>
  execute(tx)`
  UPDATE lead_generation_run_sources
  SET found = found + ${more.found}, added = added + ${more.added}, duplicate = duplicate + ${more.duplicate},
      existing = existing + ${more.existing}, invalid = invalid + ${more.invalid}, no_address = no_address + ${more.noAddress},
      suppressed = suppressed + ${more.suppressed}, over_cap = over_cap + ${more.overCap}, seen = seen + ${more.seen},
      requests = requests + ${more.requests}, credits = credits + ${more.credits}, in_doubt = in_doubt + ${more.inDoubt}
  WHERE run_id = ${runId}::uuid AND source = ${source}`

/** Ends a source that runs and drops its waiting calls. */
export const endSourceIf = (
  tx: Tx,
  input: RunSourceKey & { failure: { kind: string; message: string } | null; at: Date },
) =>
  execute(tx)`
  WITH ended AS (
    UPDATE lead_generation_run_sources
    SET status = ${input.failure ? 'failed' : 'completed'}, failure_kind = ${input.failure?.kind ?? null},
        failure = ${input.failure?.message ?? null}, finished_at = ${input.at}
    WHERE run_id = ${input.runId}::uuid AND source = ${input.source} AND status = 'running'
    RETURNING run_id, source
  )
  UPDATE lead_generation_calls c SET status = 'dropped' FROM ended e
  WHERE c.run_id = e.run_id AND c.source = e.source AND c.status = 'waiting'`

/**
 * The refs among these that were brought before: by leads of this source or of the API of the call, by a closed call
 * that bought them, or by a call of this run that may have.
 */
export const selectKnownRefs = (
  sql: Sql,
  input: RunSourceKey & { api: string; callId: string; refs: readonly string[] },
) =>
  query<{ ref: string }>(sql)`
  SELECT source_ref AS ref FROM leads
  WHERE source IN (${input.source}, ${input.api}) AND source_ref = ANY(${[...input.refs]}::text[])
  UNION
  SELECT bought.ref FROM lead_generation_calls c CROSS JOIN LATERAL unnest(c.refs) AS bought(ref)
  WHERE c.refs && ${[...input.refs]}::text[] AND c.status IN ('answered', 'in_doubt')
    AND (c.status = 'answered' OR c.run_id = ${input.runId}::uuid) AND c.id <> ${input.callId}::uuid
    AND bought.ref = ANY(${[...input.refs]}::text[])`
