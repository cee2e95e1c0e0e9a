import { giveBackRefused } from '@/db/queries/delivery/give-back-refused'
import { saveRefusedEmails, selectRefusedEmails } from '@/db/queries/delivery/refused-emails'
import type { Deps } from '@/deps'
import { type Answered, type RefusedEmail, settleRefusals } from '@/domain/delivery/refusal-streak'

/**
 * What the server of one mailbox has refused since it last accepted, for one job. It is stored: a paced mailbox may send
 * one email a job, and one job a mailbox at a time writes it.
 */
export async function openRefusals(deps: Deps, { id: mailboxId }: { id: string }) {
  const { sql, clock, log } = deps
  let streak: readonly RefusedEmail[] = await selectRefusedEmails(sql, mailboxId)
  let ours: readonly string[] = []
  let stored = Promise.resolve()

  /**
   * Settles the verdicts of a batch beside what was refused before. To be called as its answers are in; `afterwards` once
   * they are recorded: it stores what was refused, and gives back emails whose refusal was about the mailbox.
   */
  function settle<T extends Answered>(answers: readonly T[]) {
    const before = streak
    const { settled, giveBack, reason, ...after } = settleRefusals({ streak, ours }, answers)
    streak = after.streak
    ours = after.ours
    const afterwards = (): Promise<void> => {
      const done = stored.then(async () => {
        await store(before, after.streak)
        if (giveBack.length > 0) await giveBackAll(giveBack, reason)
      })
      // One that fails must not keep the next batch's from being stored.
      stored = done.catch(() => undefined)
      return done
    }
    return { settled, afterwards }
  }

  async function store(before: readonly RefusedEmail[], after: readonly RefusedEmail[]): Promise<void> {
    const known = new Set(before)
    const changed = after.filter((entry) => !known.has(entry))
    const kept = new Set(after.map(({ scheduledEmailId }) => scheduledEmailId))
    const gone = before.map(({ scheduledEmailId }) => scheduledEmailId).filter((id) => !kept.has(id))
    if (changed.length > 0 || gone.length > 0) await saveRefusedEmails(sql, { mailboxId, changed, gone })
  }

  async function giveBackAll(emails: readonly RefusedEmail[], reason: string): Promise<void> {
    const back = await giveBackRefused(sql, { emails, reason, now: clock.now() })
    log.warn({ mailbox: mailboxId, emails: back.map(({ id }) => id) }, 'refused emails given back: it is the mailbox')
  }

  return { settle }
}

export type Refusals = Awaited<ReturnType<typeof openRefusals>>
