import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { setLeadStatusIf } from '@/db/queries/conversations/act-on-answer'
import { type CorrectedMessage, selectHeir, writeUndo } from '@/db/queries/conversations/correct-message'
import {
  putDeferredBack,
  putSkippedBack,
  selectAnswerEntries,
  setAwayIf,
  uncountBounce,
} from '@/db/queries/conversations/take-back'
import { removeEntryIf } from '@/db/queries/suppression/remove-suppression'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { joinedUndo, readUndo, type StoredUndo } from '@/domain/conversation/stored-undo'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { lockBatches } from '@/use-cases/campaigns/lock-batches'

/** Who takes it back, why an address comes off the suppression list (null where none does), and whether the sequence goes on. */
type TakenBackBy = { by: string; why: string | null; goesOn: boolean }

/** Emails that are planned again, and those that it had skipped and that stay so. */
type TakenBack = { plannedAgain: number; left: string[] }

/**
 * Takes back what a message did, as far as nobody has changed it since. What another message of the lead says as well stays, and is
 * left to that one. A campaign that ended for want of its emails runs again only where the sequence goes on.
 */
export async function takeBack(deps: Deps, tx: Tx, message: CorrectedMessage, who: TakenBackBy): Promise<TakenBack> {
  const { away, deferred, ...ends } = readUndo(message.undo)
  await takeBackAway(deps, tx, message, { away, deferred })
  const heir = await selectHeir(tx, { ...message, away: false })
  if (!heir) return takeBackEnd(deps, tx, message, ends, who)
  if (ends.bounceAt) await uncountBounce(tx, { emailId: message.emailId, bounceAt: ends.bounceAt })
  await writeUndo(tx, { id: heir.id, undo: joinedUndo({ ...ends, bounceAt: undefined }, readUndo(heir.undo)) })
  return { plannedAgain: 0, left: [] }
}

async function takeBackAway(
  { clock }: Deps,
  tx: Tx,
  message: CorrectedMessage,
  undo: Pick<StoredUndo, 'away' | 'deferred'>,
): Promise<void> {
  const { away, deferred = [] } = undo
  if (!away && deferred.length === 0) return
  const heir = await selectHeir(tx, { ...message, away: true })
  if (heir) return void (await writeUndo(tx, { id: heir.id, undo: joinedUndo(undo, readUndo(heir.undo)) }))
  const at = clock.now()
  if (away) await setAwayIf(tx, { leadId: message.leadId, from: away.to, to: away.from, at })
  await putDeferredBack(tx, { emails: deferred, at })
}

async function takeBackEnd(
  deps: Deps,
  tx: Tx,
  { leadId, emailId }: CorrectedMessage,
  { leadStatus, skipped = [], suppressed = [], bounceAt }: StoredUndo,
  { by, why, goesOn }: TakenBackBy,
): Promise<TakenBack> {
  const at = deps.clock.now()
  if (why !== null)
    for (const { id } of await selectAnswerEntries(tx, suppressed)) await removeEntryIf(tx, { id, by, why, at })
  if (leadStatus) await setLeadStatusIf(tx, { leadId, from: [leadStatus.to], to: leadStatus.from, at })
  if (bounceAt) await uncountBounce(tx, { emailId, bounceAt })
  const back = await putSkippedBack(tx, { ids: skipped, alsoOver: goesOn, at })
  const over = back.filter(({ campaignStatus }) => campaignStatus === 'completed')
  for (const campaignId of new Set(over.map((email) => email.campaignId))) await reopen(deps, tx, campaignId, by)
  const planned = new Set(back.map(({ id }) => id))
  return { plannedAgain: back.length, left: skipped.filter((id) => !planned.has(id)) }
}

/** A campaign that ended for want of these emails runs again. @throws {DomainError} batch_in_use */
async function reopen({ clock }: Deps, tx: Tx, campaignId: string, by: string): Promise<void> {
  const at = clock.now()
  const campaign = await loadCampaign({ sql: tx }, campaignId)
  const move = { id: campaignId, to: 'running', from: ['completed'], at, actor: by } as const
  const moved = await moveCampaignIf(tx, { ...move, kind: 'reopened', message: 'Reopened' })
  if (moved) await lockBatches(tx, campaign, { verb: 'reopen', at })
}
