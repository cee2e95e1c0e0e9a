import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { selectOpenRestore } from '@/db/queries/maintenance/pause-restored'
import { putReplyBackIf, selectRepliesHeldBefore } from '@/db/queries/replies/move-reply'
import { type RecordReply, recordReplyIf } from '@/db/queries/replies/record-reply'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { ASSUMED_DELIVERED } from '@/domain/campaign/progress'
import { DomainError } from '@/domain/errors'
import { outstandingOf } from '@/domain/reply/recipients'
import { recordAnswered } from '@/use-cases/leads/record-answered'
import { getSettings } from '@/use-cases/settings/get-settings'

type ResolveHeldReply = { id: string; choice: 'delivered' | 'again'; by: string | null }

/**
 * Resolves a reply whose delivery is unknown: `delivered` records it as sent, `again` sends it under the same Message-ID.
 * @throws {DomainError} not_found, conflict
 */
export async function resolveHeldReply(deps: Deps, { id, choice, by }: ResolveHeldReply): Promise<void> {
  const { db, sql, clock, queue, log } = deps
  const reply = await db.reply.findUnique({ where: { id } })
  if (!reply) throw new DomainError('not_found', 'This reply does not exist any more. Nothing was changed.')
  const now = clock.now()
  const back = { id, from: 'held', despiteSuppressed: [], at: now } as const
  const delivered: RecordReply = {
    ...{ id, fencingToken: reply.claim, reason: ASSUMED_DELIVERED, dueAt: null, attemptUsed: false },
    status: 'sent',
    ...{ taken: outstandingOf(reply), refused: [], response: null, bounces: 0, providerMessageId: null },
  }
  const isHeld = reply.status === 'held'
  const isResolved =
    isHeld && (choice === 'again' ? await putReplyBackIf(sql, back) : await treatAsSent(deps, reply.leadId, delivered))
  if (!isResolved)
    throw new DomainError('conflict', 'It is known by now what became of this reply. Nothing was changed.', {
      status: reply.status,
    })
  log.info({ reply: id, choice, by }, 'held reply resolved')
  if (choice === 'again') await queue.enqueueReplies(reply.mailboxId, 0)
}

/** Records it, with what follows from an answer that has left. False for one whose fate is known by now. */
const treatAsSent = ({ sql, clock }: Deps, leadId: string | null, delivered: RecordReply): Promise<boolean> =>
  withSendingBlocked(sql, async (tx) => {
    if (leadId) await lockCampaignsOfLeads(tx, [leadId])
    const changed = await recordReplyIf(tx, delivered, null, clock.now())
    if (changed) await recordAnswered(tx, changed, clock.now())
    return changed !== null
  })

/** Resolves replies that have been held for as many hours as the setting allows, as it says; 0 leaves them, and so does a restore that nobody has accepted. */
export async function resolveHeldReplies(deps: Deps): Promise<void> {
  const { heldResolveAfterHours, heldResolution } = await getSettings(deps)
  if (heldResolveAfterHours <= 0 || (await selectOpenRestore(deps.sql))) return
  const before = new Date(deps.clock.now().getTime() - heldResolveAfterHours * 3_600_000)
  for (const { id, isRestored } of await selectRepliesHeldBefore(deps.sql, before)) {
    const choice = heldResolution === 'again' ? 'again' : 'delivered'
    // It may have left since the backup: a person decides.
    if (choice === 'again' && isRestored) continue
    await resolveHeldReply(deps, { id, choice, by: null }).catch((error: unknown) => {
      // A person or a copy in Sent was faster.
      if (!(error instanceof DomainError && error.code === 'conflict')) throw error
    })
  }
}
