import { noteChanged, selectNextChanged, selectNextLeads } from '@/db/queries/mass-acts/act-leads'
import { lockActIfWorking, type MassActRow, selectAct } from '@/db/queries/mass-acts/select-acts'
import { countFailureIf, endActIfWorking, recordStep } from '@/db/queries/mass-acts/write-acts'
import { withSendingBlocked } from '@/db/send-gate'
import { type SqlPool, type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { addLeftOut, FAILURES_AT_MOST, LEADS_PER_STEP, touchesEmails } from '@/domain/lists/mass-act'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'
import { changeStep } from './mass-steps'

/**
 * Works on an act until it is over, is stopped, or `signal` ends it, which loses nothing: a step and how far it came are one
 * transaction, so another worker goes on behind it, and no lead is looked at twice. A step that has failed as often as it may ends
 * the act, in words; before that the error is thrown, and the step is made again by the next job.
 */
export async function runMassAct(
  deps: Deps,
  { massActId, signal }: { massActId: string; signal?: AbortSignal },
): Promise<void> {
  const act = await selectAct(deps.sql, massActId)
  if (act?.state !== 'working') return
  const within: Within = touchesEmails(act) ? withSendingBlocked : transaction
  let place = act.lastLeadId
  try {
    // Deleting must find what is kept under an address by its hash.
    await recordAddressHashes(deps)
    while (!signal?.aborted) {
      const step = await makeStep(deps, massActId, within)
      if (!step?.more) return
      place = step.place
    }
  } catch (error) {
    if (!(await endIfHopeless(deps, { id: massActId, place, error }))) throw error
  }
}

type Within = <T>(sql: SqlPool, work: (tx: Tx) => Promise<T>) => Promise<T>
type Step = { more: boolean; place: string | null; emailsSkipped: number }

async function makeStep(deps: Deps, id: string, within: Within): Promise<Step | null> {
  const { sql, clock, log, queue } = deps
  const step = await within(sql, async (tx): Promise<Step | null> => {
    const act = await lockActIfWorking(tx, id)
    if (!act) return null
    const ended = { more: false, place: act.lastLeadId, emailsSkipped: 0 }
    const ids = await nextLeads(tx, act)
    const last = ids.at(-1)
    if (!last) {
      await endActIfWorking(tx, { id, to: 'done', at: clock.now() })
      return ended
    }
    const came = await changeStep(deps, tx, act, ids)
    if ('failure' in came) {
      await endActIfWorking(tx, { id, to: 'failed', at: clock.now(), failure: came.failure })
      return ended
    }
    const { changed, emailsSkipped, repliesDropped = 0, noted = [], at } = came
    if (noted.length > 0) await noteChanged(tx, id, noted, at)
    const leftOut = addLeftOut(act.leftOut, came.leftOut)
    const done = ids.length
    await recordStep(tx, { id, lastLeadId: last, done, changed, emailsSkipped, repliesDropped, leftOut })
    return { more: true, place: last, emailsSkipped }
  })
  // A campaign may have waited for nothing but these emails.
  if (step && step.emailsSkipped > 0) await queue.enqueueTick()
  if (step && !step.more) log.info({ act: id }, 'act on many leads over')
  return step
}

/** The next leads that an act is about, as they were when it began. */
async function nextLeads(tx: Tx, { id, undoes, lastLeadId: after }: MassActRow): Promise<string[]> {
  const page = { after, limit: LEADS_PER_STEP }
  const next = undoes
    ? await selectNextChanged(tx, { id: undoes, ...page })
    : await selectNextLeads(tx, { id, ...page })
  return next.map((lead) => lead.id)
}

/** Counts a failure of the step behind `place`, and ends the act after the last one that it may have. True when it did. */
async function endIfHopeless(
  { sql, clock, log }: Deps,
  { id, place, error }: { id: string; place: string | null; error: unknown },
): Promise<boolean> {
  const failure = `The next step failed ${FAILURES_AT_MOST} times in a row, so this was ended.`
  const counting = { id, lastLeadId: place, atMost: FAILURES_AT_MOST, failure, at: clock.now() }
  // A database that cannot be reached counts no failure: it is no fault of the act.
  const counted = await countFailureIf(sql, counting).catch(() => null)
  if (counted?.ended) log.error({ act: id, err: error }, 'act on many leads ended: it failed again and again')
  return counted?.ended ?? false
}
