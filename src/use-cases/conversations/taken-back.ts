import { setLeadStatusesIf } from '@/db/queries/conversations/act-on-answer'
import {
  type CorrectedMessage,
  type Heir,
  passStatusOn,
  selectHeir,
  writeUndo,
} from '@/db/queries/conversations/correct-message'
import {
  putDeferredBack,
  selectAnswerEntries,
  setAwayIf,
  setStatusBackIf,
  uncountBounce,
} from '@/db/queries/conversations/take-back'
import { removeEntryIf } from '@/db/queries/suppression/remove-suppression'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import type { Correction } from '@/domain/conversation/correction'
import { statusGivenBy } from '@/domain/conversation/effects'
import { joinedUndo, readUndo, type StoredUndo } from '@/domain/conversation/stored-undo'
import type { LeadStatus } from '@/domain/lead/status'
import { planAgain } from './plan-again'

/**
 * Who takes it back, why an address comes off the suppression list (null where none does), what the message is instead, and the
 * present status of the lead.
 */
type TakenBackBy = { by: string; why: string | null; to: Correction; status: LeadStatus }

/** Emails that are planned again, those that it had skipped and that stay so, and addresses that it keeps on the list. */
type TakenBack = { plannedAgain: number; left: string[]; listed: string[] }

/**
 * Takes back what a message did, as far as nobody has changed it since. What another message of the lead says as well stays, and is
 * left to that one.
 */
export async function takeBack(deps: Deps, tx: Tx, message: CorrectedMessage, who: TakenBackBy): Promise<TakenBack> {
  const { leadStatus, skipped = [], suppressed = [], bounceAt, ...away } = readUndo(message.undo)
  await takeBackAway(deps, tx, message, away)
  const listed = await takeBackNo(deps, tx, message, { ...who, suppressed })
  if (bounceAt) await uncountBounce(tx, { emailId: message.emailId, bounceAt })
  const heir = await selectHeir(tx, { ...message, says: 'end' })
  const given = leadStatus && (await takeBackStatus(deps, tx, message, leadStatus, { status: who.status, heir }))
  if (heir && given) {
    // As it is now: the status may have been passed on to it.
    const undo = readUndo((await selectHeir(tx, { ...message, says: 'end' }))?.undo)
    await writeUndo(tx, { id: heir.id, undo: { ...undo, leadStatus: given } })
  }
  const again = await planAgain(deps, tx, { skipped, message, goesOn: who.to === 'nothing', by: who.by })
  return { ...again, listed }
}

async function takeBackAway(
  { clock }: Deps,
  tx: Tx,
  message: CorrectedMessage,
  undo: Pick<StoredUndo, 'away' | 'deferred'>,
): Promise<void> {
  const { away, deferred = [] } = undo
  if (!away && deferred.length === 0) return
  const heir = await selectHeir(tx, { ...message, says: 'away' })
  if (heir) return void (await writeUndo(tx, { id: heir.id, undo: joinedUndo(undo, readUndo(heir.undo)) }))
  const at = clock.now()
  if (away) await setAwayIf(tx, { leadId: message.leadId, from: away.to, to: away.from, at })
  await putDeferredBack(tx, { emails: deferred, at })
}

/** Addresses come off the list, unless another message has them there as well. Returns those that the message itself keeps there. */
async function takeBackNo(
  { clock }: Deps,
  tx: Tx,
  message: CorrectedMessage,
  { suppressed, to, by, why }: TakenBackBy & { suppressed: string[] },
): Promise<string[]> {
  if (to === 'stop_request' || suppressed.length === 0) return suppressed
  const heir = await selectHeir(tx, { ...message, says: 'no', addresses: suppressed })
  if (heir) await writeUndo(tx, { id: heir.id, undo: joinedUndo({ suppressed }, readUndo(heir.undo)) })
  else if (why !== null)
    for (const { id } of await selectAnswerEntries(tx, suppressed))
      await removeEntryIf(tx, { id, by, why, at: clock.now() })
  return []
}

/**
 * The lead is what it was before, and then what another message gives it. One that ends the sequence without giving a status keeps
 * this one. Returns what that message has given now; undefined where it has not.
 */
async function takeBackStatus(
  { clock }: Deps,
  tx: Tx,
  { id, leadId }: CorrectedMessage,
  { from: before, to: given }: NonNullable<StoredUndo['leadStatus']>,
  { status, heir }: { status: LeadStatus; heir: Heir | null },
): Promise<StoredUndo['leadStatus']> {
  const at = clock.now()
  if (status !== given) return void (await passStatusOn(tx, { id, leadId, given, before }))
  const gives = heir && !heir.asksPerson ? statusGivenBy(heir.kind) : null
  if (heir && !gives) return { from: before, to: given }
  const isBack = await setStatusBackIf(tx, { leadId, given, before, at })
  const [set] = isBack && gives ? await setLeadStatusesIf(tx, [{ leadId, ...gives }], at) : []
  return set && gives ? { from: set.was, to: gives.to } : undefined
}
