import { isRefusedForGood } from '@/db/errors'
import {
  type AskedCall,
  beginNextCall,
  countOpenCalls,
  giveCallBackIf,
  lockRunSource,
  type RunSourceKey,
} from '@/db/queries/lead-generation/begin-next-call'
import { addYield, endSourceIf, failCallIf, selectKnownRefs } from '@/db/queries/lead-generation/record-response'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { type LeadSourceName, SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import { EMPTY_YIELD } from '@/domain/lead-generation/yield'
import { CALL_DEADLINE_MS, SourceError } from '@/lead-sources/types'
import { retryUntilDeadline } from '@/lib/retry'
import { openLeadSources } from '@/use-cases/lead-sources/open-lead-source'
import { storeResponse } from './store-response'

// A lease that ends while the call may still be answered would put paid calls in doubt that are not.
const LEASE_MS = CALL_DEADLINE_MS + 30_000
// Each answer that is lost may have cost credits: a source that loses one after the other is not asked on.
const MOST_DOUBTS_IN_A_ROW = 3

type Asking = RunSourceKey & { signal?: AbortSignal | undefined }

/** Makes the calls of one source of a run, one after the other, until none is left, the cap is reached or it fails. */
export async function querySource(deps: Deps, { signal, ...key }: Asking): Promise<void> {
  let doubts = 0
  while (!signal?.aborted) {
    // Each time: who switches a source off wants it to cost nothing more, and a run may last for hours.
    const opened = await openLeadSources(deps)
    const next = await askNext(deps, key)
    if (!next) return
    const { call, wanted } = next
    const api = opened.get(call.api)
    if (!api) {
      await fail(deps, key, call, 'failed', new SourceError('bad_key', switchedOff(call.api)))
      return
    }
    try {
      const known = (refs: readonly string[]) => knownOf(deps, key, call, refs)
      const answer = await api.execute(call, { maxLeads: wanted, knownRefs: known, ...(signal ? { signal } : {}) })
      // A call that is in doubt meanwhile still takes its late answer.
      await retryUntilDeadline(deps, { forMs: LEASE_MS, isTransient }, () => storeResponse(deps, key, call, answer))
      doubts = 0
    } catch (error) {
      if (wasNotMade(call, error, signal)) {
        await giveCallBackIf(deps.sql, call)
        return
      }
      const trouble = troubleOf(deps, key, call, error)
      const inDoubt = trouble.kind === 'doubt'
      doubts = inDoubt ? doubts + 1 : 0
      const goesOn = inDoubt && doubts < MOST_DOUBTS_IN_A_ROW
      await fail(deps, key, call, goesOn ? 'in_doubt' : inDoubt ? 'in_doubt_and_failed' : 'failed', trouble)
      if (!goesOn) return
    }
  }
}

/** The worker ends, and waiting with it. What cannot be stored once it was answered is something else: it was paid for. */
const wasNotMade = ({ paid }: AskedCall, error: unknown, signal: AbortSignal | undefined): boolean =>
  signal?.aborted === true && (error === signal.reason || !(paid || error instanceof SourceError))

/** The next call, committed as asked; null when there is none to make now, and the source has ended if there will be none. */
async function askNext({ sql, clock }: Deps, key: RunSourceKey): Promise<{ call: AskedCall; wanted: number } | null> {
  return transaction(sql, async (tx) => {
    const row = await lockRunSource(tx, key)
    if (!row) return null
    const at = clock.now()
    const wanted = row.cap - row.found
    if (wanted > 0) {
      const leaseUntil = new Date(clock.realNow().getTime() + LEASE_MS)
      const call = await beginNextCall(tx, { ...key, at, leaseUntil })
      if (call) return { call, wanted }
      const open = await countOpenCalls(tx, key)
      // Another worker has one under way, or its lease is not over.
      if (open > 0) return null
    }
    await endSourceIf(tx, { ...key, failure: null, at })
    return null
  })
}

async function knownOf({ sql }: Deps, key: RunSourceKey, call: AskedCall, refs: readonly string[]) {
  if (refs.length === 0) return new Set<string>()
  const rows = await selectKnownRefs(sql, { ...key, api: call.api, callId: call.id, refs })
  return new Set(rows.map(({ ref }) => ref))
}

/** What is no `SourceError` is a fault of ours: told in the log, and a paid call may have been served. */
function troubleOf({ log }: Deps, key: RunSourceKey, call: AskedCall, error: unknown): SourceError {
  if (error instanceof SourceError) {
    log.warn(
      { run: key.runId, source: key.source, call: call.id, kind: error.kind, reason: error.message },
      'call failed',
    )
    return error
  }
  log.error({ run: key.runId, source: key.source, call: call.id, err: error }, 'call failed for a reason of our own')
  const message = `What ${SOURCE_LABELS[call.api]} answered could not be worked with. The log has the details.`
  return new SourceError(call.paid ? 'doubt' : 'outage', message)
}

async function fail(
  { sql, clock }: Deps,
  key: RunSourceKey,
  call: AskedCall,
  how: 'failed' | 'in_doubt' | 'in_doubt_and_failed',
  { kind, message }: SourceError,
): Promise<void> {
  const at = clock.now()
  const status = how === 'failed' ? 'failed' : 'in_doubt'
  await transaction(sql, async (tx) => {
    const { id, claim } = call
    const failed = await failCallIf(tx, { id, claim, status, kind, message, at })
    // Given up meanwhile: whoever did has counted it.
    if (!failed) return
    if (status === 'in_doubt') await addYield(tx, { ...key, ...EMPTY_YIELD, inDoubt: 1 })
    if (how !== 'in_doubt') await endSourceIf(tx, { ...key, failure: { kind, message }, at })
  })
}

const isTransient = (error: unknown): boolean => !isRefusedForGood(error)

const switchedOff = (source: LeadSourceName) =>
  `${SOURCE_LABELS[source]} was switched off, or its key removed, during the run. It was not asked any more.`
