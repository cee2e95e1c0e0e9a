import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { followIfBehind } from '@/db/queries/changes/write-emails'
import { selectHeirsOfEmails, writeUndo } from '@/db/queries/conversations/correct-message'
import { putSkippedBack } from '@/db/queries/conversations/take-back'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { joinedUndo, readUndo } from '@/domain/conversation/stored-undo'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { lockBatches } from '@/use-cases/campaigns/lock-batches'

export type PlanAgain = {
  /** What was skipped by the act that is taken back. */
  skipped: readonly string[]
  /** The message that did it; null for an act of a person. */
  message: { id: string; leadId: string } | null
  /** Nothing ends the sequence instead: campaigns that are over for want of these emails run again. */
  goesOn: boolean
  by: string
}

/** How many are planned again, and those that stay skipped and that no other message accounts for. */
export type PlannedAgain = { plannedAgain: number; left: string[] }

/**
 * Plans emails again that an act has skipped. Those that another message ends as well stay, and are left to that one; those of a
 * lead that one of us has answered since, of a campaign that was stopped, or that somebody has changed since, stay as well. Runs with
 * the campaigns of their leads locked. @throws {DomainError} batch_in_use
 */
export async function planAgain(
  deps: Deps,
  tx: Tx,
  { skipped, message, goesOn, by }: PlanAgain,
): Promise<PlannedAgain> {
  if (skipped.length === 0) return { plannedAgain: 0, left: [] }
  const inherited = await leaveToHeirs(tx, skipped, message?.id ?? null)
  const free = skipped.filter((id) => !inherited.has(id))
  // What ends the lead's own sequence instead skips them again, for the reason that holds now.
  const despiteAnswer = goesOn ? null : (message?.leadId ?? null)
  const back = await putSkippedBack(tx, { ids: free, alsoOver: goesOn, despiteAnswer, at: deps.clock.now() })
  if (back.length > 0) {
    const ids = back.map(({ id }) => id)
    await followIfBehind(tx, ids, deps.clock.now())
  }
  const over = back.filter(({ campaignStatus }) => campaignStatus === 'completed')
  for (const campaignId of new Set(over.map((email) => email.campaignId))) await reopen(deps, tx, campaignId, by)
  const planned = new Set(back.map(({ id }) => id))
  return { plannedAgain: back.length, left: free.filter((id) => !planned.has(id)) }
}

/** Adds each email to what the message that ends it as well takes back. Returns these emails. */
async function leaveToHeirs(tx: Tx, emailIds: readonly string[], except: string | null): Promise<Set<string>> {
  const found = await selectHeirsOfEmails(tx, { emailIds, except })
  for (const [id, emails] of Map.groupBy(found, (one) => one.id)) {
    const skipped = emails.map(({ emailId }) => emailId)
    await writeUndo(tx, { id, undo: joinedUndo({ skipped }, readUndo(emails[0]?.undo)) })
  }
  return new Set(found.map(({ emailId }) => emailId))
}

/** A campaign that ended for want of these emails runs again. @throws {DomainError} batch_in_use */
async function reopen({ clock }: Deps, tx: Tx, campaignId: string, by: string): Promise<void> {
  const at = clock.now()
  const campaign = await loadCampaign({ sql: tx }, campaignId)
  const move = { id: campaignId, to: 'running', from: ['completed'], at, actor: by } as const
  const moved = await moveCampaignIf(tx, { ...move, kind: 'reopened', message: 'Reopened' })
  if (moved) await lockBatches(tx, campaign, { verb: 'reopen', at })
}
