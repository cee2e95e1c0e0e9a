import type { Mailbox } from '@/db/generated/client'
import { storeCheckIf } from '@/db/queries/mailboxes/mailbox-checks'
import type { Deps } from '@/deps'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { connectionWords } from '@/domain/delivery/connection-words'
import { healthAfter, type MailboxFailure } from '@/domain/delivery/mailbox-health'
import { judge, type SmtpOutcome } from '@/domain/delivery/outcome'
import { expireToken } from './fresh-token'
import { accountOf } from './get-smtp-account'
import { hasSignIn } from './open-account'

/**
 * What a connection or login that failed, before any email was touched, means for the mailbox. A token that is refused may have
 * ended before its time: a new one is fetched at the next attempt.
 */
async function connectionFailure(deps: Deps, mailbox: Mailbox, outcome: SmtpOutcome): Promise<MailboxFailure> {
  const verdict = judge(outcome)
  const { host, port, greetingName } = accountOf(deps, mailbox)
  // The bare answer of a server tells most people nothing; what to look at does.
  const server = `${host}:${port}`
  if (isLoginRefusal(outcome) && (await expireToken(deps, mailbox.id))) {
    const reason = `${server} refused the token before its end. A new one is fetched.`
    return { kind: 'mailbox', action: 'cool_down', reason }
  }
  const byToken = await hasSignIn(deps, mailbox.id)
  const reason = connectionWords(outcome, server, greetingName, { byToken })
  return { kind: 'mailbox', action: verdict.kind === 'mailbox' ? verdict.action : 'cool_down', reason }
}

const isLoginRefusal = (outcome: SmtpOutcome): outcome is SmtpOutcome & { kind: 'refused' } =>
  outcome.kind === 'refused' && outcome.phase === 'auth' && outcome.code >= 500

/** Shows a refused login among the checks of the mailbox: a test that signs in again lets it go on. */
async function noteLoginRefusal(deps: Deps, mailbox: Mailbox, outcome: SmtpOutcome, message: string): Promise<void> {
  if (!isLoginRefusal(outcome)) return
  const { id: mailboxId, settingsVersion } = mailbox
  const check = { name: 'smtp', outcome: 'wrong', message, details: { said: outcome.response } } as const
  await storeCheckIf(deps.sql, { mailboxId, settingsVersion, at: deps.clock.realNow(), check })
}

/**
 * Stops the mailbox until its settings change, or lets it cool down. Leads and attempts stay untouched. `passed`: an email
 * has left since the failures that the mailbox was read with, so that this one is the first in a row.
 */
export async function degradeMailbox(
  { db, clock, log }: Deps,
  mailbox: Mailbox,
  { action, reason }: MailboxFailure,
  passed = false,
): Promise<void> {
  // Saved settings clear the health: a failure met with the old ones must not stop the new.
  const where = { id: mailbox.id, settingsVersion: mailbox.settingsVersion }
  const stored = await db.mailbox.findFirst({ where, select: { troubleCount: true } })
  if (!stored) return
  // Another job may have sent since, and the failure that it met is the same as this one.
  const troubleCount = passed ? 0 : Math.min(mailbox.troubleCount, stored.troubleCount)
  const degraded = healthAfter(action, { troubleCount, window: toWindow(mailbox), now: clock.now() })
  await db.mailbox.updateMany({ where, data: { ...degraded, healthReason: reason } })
  log.warn({ mailbox: mailbox.id, action, reason, until: degraded.coolDownUntil }, 'mailbox failed')
}

/** Sets a mailbox that had failed before this job ready again: an email has left it. */
async function clearMailboxFailure({ db }: Deps, mailbox: Mailbox): Promise<void> {
  const { id, settingsVersion, health, troubleCount } = mailbox
  await db.mailbox.updateMany({
    // Only what this job began with: a failure that another one met since stays.
    where: { id, settingsVersion, health, troubleCount },
    data: { health: 'ready', healthReason: null, coolDownUntil: null, troubleCount: 0 },
  })
}

/** Calls the mailbox tested: its server has taken the first login with these settings. A test that failed before is over. */
async function recordFirstLogin({ db, clock }: Deps, { id, settingsVersion, health }: Mailbox): Promise<void> {
  await db.mailbox.updateMany({
    where: { id, settingsVersion, testedAt: null },
    data: { testedAt: clock.now(), ...(health === 'ready' ? { healthReason: null } : {}) },
  })
}

export type MailboxHealth = {
  /** The server took a login. */
  loggedIn(): Promise<void>
  /** The server took an email. */
  accepted(): Promise<void>
  /** An email's SMTP transaction failed for the mailbox. */
  failed(failure: MailboxFailure): Promise<void>
  /** Not even one connection could be opened. */
  unreachable(outcome: SmtpOutcome): Promise<void>
}

/** What one job finds out about the health of its mailbox; written once, where it differs from what the job began with. */
export function createMailboxHealth(deps: Deps, mailbox: Mailbox): MailboxHealth {
  let tested = mailbox.testedAt !== null
  let passed = mailbox.health === 'ready' && mailbox.troubleCount === 0
  let failure: MailboxFailure | null = null
  // Groups of a job are recorded side by side: what an earlier one writes must not undo what a later one has found out.
  let written: Promise<unknown> = Promise.resolve()
  const inTurn = (write: () => Promise<void>): Promise<void> => {
    const done = written.then(write)
    written = done.catch(() => undefined)
    return done
  }
  const failed = (next: MailboxFailure) => {
    failure = next
    return inTurn(() => degradeMailbox(deps, mailbox, next, passed))
  }
  return {
    loggedIn: async () => {
      if (tested) return
      tested = true
      await recordFirstLogin(deps, mailbox)
    },
    accepted: async () => {
      if (passed) return
      passed = true
      // An email that was on the wire beside the one that failed says nothing about what comes after it: the failure stays,
      // as the first in a row.
      const before = failure
      await inTurn(() => (before ? degradeMailbox(deps, mailbox, before, passed) : clearMailboxFailure(deps, mailbox)))
    },
    failed,
    unreachable: async (outcome) => {
      const failure = await connectionFailure(deps, mailbox, outcome)
      await failed(failure)
      await noteLoginRefusal(deps, mailbox, outcome, failure.reason)
    },
  }
}
