import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import { connectionWords } from '@/domain/delivery/connection-words'
import { judge, type SmtpOutcome, type Verdict } from '@/domain/delivery/outcome'
import { coolDownUntil } from '@/domain/delivery/retry'
import { nextDayOpening } from '@/domain/time/window'
import { accountOf, windowOf } from './mailbox-account'

/** Trouble before any mail was touched: connecting or logging in failed. */
export async function noteMailboxTrouble(deps: Deps, mailbox: Mailbox, outcome: SmtpOutcome): Promise<void> {
  const verdict = judge(outcome)
  const { host, port } = accountOf(deps, mailbox)
  // The bare answer of a server tells most people nothing; what to look at does.
  const reason = connectionWords(outcome, `${host}:${port}`)
  const action = verdict.kind === 'mailbox' ? verdict.action : 'cool_down'
  await setMailboxBack(deps, mailbox, { kind: 'mailbox', action, reason })
}

/** Stops the mailbox until its settings change, or lets it cool down. Leads and attempts stay untouched. */
export async function setMailboxBack(
  { db, clock, log }: Deps,
  mailbox: Mailbox,
  { action, reason }: Extract<Verdict, { kind: 'mailbox' }>,
): Promise<void> {
  const now = clock.now()
  const troubleCount = mailbox.troubleCount + 1
  const until = action === 'next_day' ? nextDayOpening(windowOf(mailbox), now) : coolDownUntil(troubleCount, now)
  await db.mailbox.updateMany({
    // Saved settings clear the health: a trouble seen with the old ones must not stop the new.
    where: { id: mailbox.id, updatedAt: mailbox.updatedAt },
    data:
      action === 'stop'
        ? { health: 'stopped', healthReason: reason, coolDownUntil: null }
        : { health: 'cooling_down', healthReason: reason, coolDownUntil: until, troubleCount },
  })
  log.warn({ mailbox: mailbox.id, action, reason, until: action === 'stop' ? null : until }, 'mailbox in trouble')
}

/** A mail went out: whatever was wrong is over. */
export async function clearMailboxTrouble({ db }: Deps, mailbox: Mailbox): Promise<void> {
  if (mailbox.health === 'ready' && mailbox.troubleCount === 0) return
  await db.mailbox.updateMany({
    // Only what this job began with: a trouble that another wave met since stays.
    where: { id: mailbox.id, updatedAt: mailbox.updatedAt, health: mailbox.health, troubleCount: mailbox.troubleCount },
    data: { health: 'ready', healthReason: null, coolDownUntil: null, troubleCount: 0 },
  })
}
