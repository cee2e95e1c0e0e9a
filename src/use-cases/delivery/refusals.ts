import { lockCampaignsOfEmails } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { type GivenBack, giveBackRefused, type RefusedAttempt } from '@/db/queries/delivery/give-back-refused'
import {
  forgetRefusedElsewhere,
  saveRefusedEmails,
  selectRefusedElsewhere,
  selectRefusedEmails,
} from '@/db/queries/delivery/refused-emails'
import type { DueEmail } from '@/db/queries/delivery/select-due-emails'
import { skipIfEnded } from '@/db/queries/delivery/skip-ended'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import {
  type Answered,
  type Blamed,
  type RefusalMemory,
  refusedAlikeWords,
  settleRefusals,
} from '@/domain/delivery/refusal-streak'
import type { RefusedEmail } from '@/domain/delivery/refused-alike'
import { pauseIfRunning } from './pause-if-running'

type AnsweredEmail = Answered & { email: Pick<DueEmail, 'id' | 'leadId' | 'campaignId' | 'email' | 'templateId'> }

/**
 * What the server of one mailbox has refused since it last accepted, for one job. It is stored: a paced mailbox may send
 * one email a job, and one job a mailbox at a time writes it.
 */
export async function openRefusals(deps: Deps, { id: mailboxId }: { id: string }) {
  const { sql, log } = deps
  let memory: RefusalMemory = { streak: await selectRefusedEmails(sql, mailboxId), culprits: [] }
  let stored: Promise<unknown> = Promise.resolve()

  /**
   * Settles the verdicts of a group of answers beside what was refused before, and has them recorded. To be called as they are
   * in. Groups are recorded side by side; what follows (campaigns paused whose emails are refused alike, emails given back
   * whose refusal was about the mailbox or their campaign, the refusals stored) is written in the order of their answers, each
   * once all before it are recorded: a refusal must not be stored after the acceptance that ended it, and an email that goes
   * back must have been recorded first. Resolves with the answers as settled.
   */
  async function settle<T extends AnsweredEmail>(
    answers: readonly T[],
    record: (settled: readonly T[]) => Promise<void>,
  ): Promise<T[]> {
    const before = memory.streak
    const { settled, blamed, streak, culprits } = settleRefusals(memory, answers)
    memory = { streak, culprits }
    const earlier = stored
    const done = record(settled).then(async () => {
      await earlier
      // Stored last: a worker that dies before has forgotten nothing, and what is given back twice comes back once.
      for (const each of blamed) await clear(each)
      await store(before, streak)
    })
    // One that fails must not keep the next group's from being stored.
    stored = Promise.allSettled([earlier, done])
    await done
    return settled
  }

  async function store(before: readonly RefusedEmail[], after: readonly RefusedEmail[]): Promise<void> {
    const known = new Set(before)
    const changed = after.filter((entry) => !known.has(entry))
    const kept = new Set(after.map(({ scheduledEmailId }) => scheduledEmailId))
    const gone = before.map(({ scheduledEmailId }) => scheduledEmailId).filter((id) => !kept.has(id))
    if (changed.length > 0 || gone.length > 0) await saveRefusedEmails(sql, { mailboxId, changed, gone })
  }

  /** Clears emails of what was not their recipients' fault: they go back, once their campaign is paused where it is at fault. */
  async function clear({ culprit, reason, latest, giveBack }: Blamed<AnsweredEmail>): Promise<void> {
    const { campaignId, suspect } = culprit
    if (campaignId === null) return giveBackAll(giveBack, reason, { mailbox: mailboxId })
    const why = refusedAlikeWords(suspect, reason)
    await pauseIfRunning(deps, { campaignId, reason: why, templateId: latest.email.templateId })
    const elsewhere = await selectRefusedElsewhere(sql, { mailboxId, culprit })
    await giveBackAll([...giveBack, ...elsewhere], reason, { campaign: campaignId })
    if (elsewhere.length > 0) await forgetRefusedElsewhere(sql, mailboxId, elsewhere)
  }

  async function giveBackAll(emails: readonly RefusedAttempt[], reason: string, whose: object): Promise<void> {
    if (emails.length === 0) return
    const back = await giveBack(deps, { emails, reason })
    log.warn({ ...whose, emails: back.map(({ id }) => id) }, 'refused emails given back: it is not the recipients')
  }

  return { settle }
}

/** Gives emails back as `giveBackRefused` does; of those that had failed, and the steps after them, none whose sequence has ended since. */
export const giveBack = (
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { emails, reason }: { emails: readonly RefusedAttempt[]; reason: string },
): Promise<GivenBack[]> =>
  transaction(sql, async (tx) => {
    await lockCampaignsOfEmails(
      tx,
      emails.map(({ scheduledEmailId }) => scheduledEmailId),
    )
    const now = clock.now()
    const back = await giveBackRefused(tx, { emails, reason, now })
    const ids = back.flatMap(({ id, isPlannedAgain }) => (isPlannedAgain ? [id] : []))
    if (ids.length > 0) await skipIfEnded(tx, { ids, at: now })
    return back
  })

export type Refusals = Awaited<ReturnType<typeof openRefusals>>
