import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { lockCampaignsOfEmails } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { type HeldEmail, putHeldBack, selectHeld, selectHeldBefore } from '@/db/queries/delivery/hold-expired-leases'
import { type RecordedOutcome, recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import { skipIfEnded } from '@/db/queries/delivery/skip-ended'
import { selectOpenRestore } from '@/db/queries/maintenance/pause-restored'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { ASSUMED_DELIVERED } from '@/domain/campaign/progress'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { completeCampaigns } from '@/use-cases/campaigns/complete-campaigns'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { getSettings } from '@/use-cases/settings/get-settings'
import { createComposer } from './compose-email'

export type HeldChoice = 'delivered' | 'again'

/**
 * Resolves held emails: `delivered` records them as sent, `again` plans them anew under the same Message-ID. `ids`
 * absent: all of the campaign. `ended`: those that are not planned again, as their sequence has ended meanwhile.
 * @throws {DomainError} not_found; conflict when an email of a finished campaign should be sent again
 */
export async function resolveHeld(
  deps: Deps,
  {
    campaignId,
    ids = null,
    choice,
    by,
  }: { campaignId: string; ids?: readonly string[] | null; choice: HeldChoice; by: string | null },
): Promise<{ resolved: number; ended: number }> {
  const campaign = await loadCampaign(deps, campaignId)
  const held = await selectHeld(deps.sql, { campaignId, ids })
  if (held.length === 0) return { resolved: 0, ended: 0 }
  if (choice === 'again' && campaign.status === 'completed') {
    throw new DomainError(
      'conflict',
      `"${campaign.name}" is over, so nothing is sent again. Treat these emails as delivered. Nothing was changed.`,
      { campaignId },
    )
  }
  const { resolved, skipped, cancelled } =
    choice === 'delivered'
      ? { resolved: await treatAsDelivered(deps, held), skipped: 0, cancelled: 0 }
      : await sendAgain(deps, { campaignId, held, by })
  const ended = skipped + cancelled
  // Somebody was faster.
  if (resolved + ended === 0) return { resolved, ended }
  const who = by ? '' : ' by the setting'
  const what = choice === 'delivered' ? 'treated as delivered' : 'planned again'
  const rest = [
    skipped > 0 && `${skipped} skipped as their sequence has ended`,
    cancelled > 0 && `${cancelled} cancelled as their lead was taken out`,
  ].filter(Boolean)
  const message = [`${counted(resolved, 'held email')} ${what}${who}`, ...rest].join(', ')
  await insertEvent(deps.sql, { campaignId, at: deps.clock.now(), kind: 'held_resolved', actor: by, message })
  deps.log.info({ campaign: campaignId, choice, emails: resolved, ended }, 'held emails resolved')
  await completeCampaigns(deps, [campaignId])
  await deps.queue.enqueueTick()
  return { resolved, ended }
}

/**
 * Resolves emails that have been held for as many hours as the setting allows; 0 leaves them, and so does a restore that nobody has accepted.
 * What was held when a backup was restored is never sent again by itself: a person decides.
 */
export async function resolveHeldBySetting(deps: Deps): Promise<void> {
  const settings = await getSettings(deps)
  if (settings.heldResolveAfterHours <= 0 || (await selectOpenRestore(deps.sql))) return
  const before = new Date(deps.clock.now().getTime() - settings.heldResolveAfterHours * 3_600_000)
  const lapsed = await selectHeldBefore(deps.sql, before)
  const choice: HeldChoice = settings.heldResolution === 'again' ? 'again' : 'delivered'
  for (const { campaignId, ids, isRestored } of lapsed) {
    // A finished campaign can't send again; what is held in one ends as delivered, which is the careful answer.
    const { status } = await loadCampaign(deps, campaignId)
    const answer = status === 'completed' ? 'delivered' : choice
    if (answer === 'again' && isRestored) continue
    await resolveHeld(deps, { campaignId, ids, choice: answer, by: null })
  }
}

type SendAgain = { campaignId: string; held: readonly HeldEmail[]; by: string | null }

/**
 * How many are planned again, skipped as their sequence has ended since they began to leave, and cancelled as their lead was taken out. A
 * person who sends again goes past what one of us has written meanwhile, not past what came in; the setting past neither.
 */
function sendAgain({ sql, clock }: Deps, { campaignId, held, by }: SendAgain) {
  const ids = held.map(({ id }) => id)
  return transaction(sql, async (tx) => {
    // First, or a lead that is taken out meanwhile would be missed, or seem to be taken out after this.
    await lockCampaignsOfEmails(tx, ids)
    const now = clock.now()
    const back = await putHeldBack(tx, { campaignId, ids, now })
    const planned = back.flatMap(({ id, isPlanned }) => (isPlanned ? [id] : []))
    const { length: skipped } = await skipIfEnded(tx, { ids: planned, despiteOurs: by !== null, at: now })
    return { resolved: planned.length - skipped, skipped, cancelled: back.length - planned.length }
  })
}

async function treatAsDelivered(deps: Deps, held: HeldEmail[]): Promise<number> {
  const emails = await selectEmailFacts(
    deps.sql,
    held.map(({ id }) => id),
  )
  const fencingTokens = new Map(held.map(({ id, claim }) => [id, claim]))
  const settings = await getSettings(deps)
  const outcomes: RecordedOutcome[] = []
  for (const [mailboxId, group] of Map.groupBy(emails, (email) => email.mailboxId)) {
    const mailbox = await deps.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const compose = createComposer(deps, mailbox, settings)
    for (const email of group) {
      // The text is rendered again from template and lead; if that is no longer possible, the record stays without it.
      const composed = await compose(email)
      outcomes.push({
        id: email.id,
        fencingToken: fencingTokens.get(email.id) ?? -1,
        status: 'sent',
        reason: ASSUMED_DELIVERED,
        dueAt: null,
        attemptUsed: false,
        addressInvalid: false,
        message: composed.ok ? { ...composed.content, to: email.email } : null,
      })
    }
  }
  const changed = await recordOutcomes(deps.sql, outcomes, null, deps.clock.now())
  return changed.length
}
