import { selectLeads } from '@/db/queries/leads/select-leads'
import { lockActIfWorking, type MassActRow, selectAct } from '@/db/queries/mass-acts/select-acts'
import { endActIfWorking, noteChanged, recordStep, selectChanged } from '@/db/queries/mass-acts/write-acts'
import { withSendingBlocked } from '@/db/send-gate'
import { type SqlPool, type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { addLeftOut, LEADS_PER_STEP, touchesEmails } from '@/domain/lists/mass-act'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'
import { changeStep } from './mass-steps'
import { matchingOf } from './matching'

/**
 * Works on an act until it is over, is stopped, or `signal` ends it, which loses nothing: a step and how far it came are one
 * transaction, so another worker goes on behind it, and no lead is looked at twice.
 */
export async function runMassAct(
  deps: Deps,
  { massActId, signal }: { massActId: string; signal?: AbortSignal },
): Promise<void> {
  const act = await selectAct(deps.sql, massActId)
  if (!act) return
  // Deleting must find what is kept under an address by its hash.
  await recordAddressHashes(deps)
  const within: Within = touchesEmails(act) ? withSendingBlocked : transaction
  while (!signal?.aborted && (await makeStep(deps, massActId, within)));
}

type Within = <T>(sql: SqlPool, work: (tx: Tx) => Promise<T>) => Promise<T>
type Step = { more: boolean; emailsSkipped: number }

async function makeStep(deps: Deps, id: string, within: Within): Promise<boolean> {
  const { sql, clock, log, queue } = deps
  const step = await within(sql, async (tx): Promise<Step | null> => {
    const act = await lockActIfWorking(tx, id)
    if (!act) return null
    const leads = await nextLeads(tx, act)
    const last = leads.at(-1)
    if (!last) {
      await endActIfWorking(tx, { id, to: 'done', at: clock.now() })
      return { more: false, emailsSkipped: 0 }
    }
    const came = await changeStep(deps, tx, act, leads)
    if ('failure' in came) {
      await endActIfWorking(tx, { id, to: 'failed', at: clock.now(), failure: came.failure })
      return { more: false, emailsSkipped: 0 }
    }
    const { changed, leftOut, emailsSkipped } = came
    if (came.noted.length > 0) await noteChanged(tx, id, came.noted)
    const sum = addLeftOut(act.leftOut, leftOut)
    await recordStep(tx, { id, lastLeadId: last.id, done: leads.length, changed, emailsSkipped, leftOut: sum })
    return { more: true, emailsSkipped }
  })
  if (!step) return false
  // A campaign may have waited for nothing but these emails.
  if (step.emailsSkipped > 0) await queue.enqueueTick()
  if (!step.more) log.info({ act: id }, 'act on many leads over')
  return step.more
}

/** The next leads of an act that still match, in the order in which they came. */
async function nextLeads(tx: Tx, act: MassActRow): Promise<{ id: string; was?: string | null }[]> {
  const { lastLeadId: last, newestLeadId: newest, filter } = act
  if (act.undoes) return selectChanged(tx, { id: act.undoes, after: last, limit: LEADS_PER_STEP })
  if (filter.ids) {
    const left = filter.ids.toSorted().filter((id) => last === null || id > last)
    return left.slice(0, LEADS_PER_STEP).map((id) => ({ id }))
  }
  const from = last === null ? null : { id: last, value: null }
  const order = { sort: 'created', descending: false, onwards: true, limit: LEADS_PER_STEP } as const
  const found = await selectLeads(tx, await matchingOf(tx, filter), { ...order, from })
  return found.filter(({ id }) => id <= newest).map(({ id }) => ({ id }))
}
