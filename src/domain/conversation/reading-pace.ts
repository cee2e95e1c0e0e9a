import type { MailboxHealth } from '../delivery/decide'

const SOONEST_MS = 2 * 60_000
const LATEST_MS = 5 * 60_000

/** When a mailbox that was read is read again: in two to five minutes. `chance` in [0, 1) spreads mailboxes. Real time. */
export const nextReadAt = (realNow: Date, chance: number): Date =>
  new Date(realNow.getTime() + SOONEST_MS + Math.round(chance * (LATEST_MS - SOONEST_MS)))

const FIRST_WAIT_MS = 2_000
const GROWTH = 1.5
const LONGEST_WAIT_MS = 5 * 60_000

export type ReaderTrouble = {
  health: MailboxHealth
  healthReason: string
  troubleCount: number
  nextReadAt: Date | null
  readAt: null
}

// Nobody can know when a provider is put right; once an hour locks no account.
const PROVIDER_WAIT_MS = 60 * 60_000

/**
 * What follows from a failure to read: a refused sign-in stops reading until the settings change, since a wrong password that
 * is tried again locks accounts; one that the provider refuses whatever the password stops it as well, and is tried again every
 * hour; after anything else it is tried again, later each time, after five minutes at most. One that has stopped (`stoppedFor`: why)
 * stays so until it is read.
 */
export function troubleAfter(
  kind: 'sign_in' | 'provider' | 'passing',
  words: string,
  { troubleCount, stoppedFor, realNow }: { troubleCount: number; stoppedFor: string | null; realNow: Date },
): ReaderTrouble {
  const failures = troubleCount + 1
  if (kind === 'sign_in') {
    return { health: 'stopped', healthReason: words, troubleCount: failures, nextReadAt: null, readAt: null }
  }
  if (kind === 'provider') {
    const nextReadAt = new Date(realNow.getTime() + PROVIDER_WAIT_MS)
    return { health: 'stopped', healthReason: words, troubleCount: failures, nextReadAt, readAt: null }
  }
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * GROWTH ** Math.min(troubleCount, 30))
  const at = new Date(realNow.getTime() + Math.round(wait))
  const health = stoppedFor === null ? 'cooling_down' : 'stopped'
  return { health, healthReason: stoppedFor ?? words, troubleCount: failures, nextReadAt: at, readAt: null }
}

/**
 * What a server refuses to whoever is signed in: `message`: this message or folder; `broken`: for a fault of its own, which may be
 * in this one or in all; `put_off`: anything, for now.
 */
export type RefusalKind = 'message' | 'broken' | 'put_off'

const HOUR_MS = 60 * 60_000
// Trouble of a server passes sooner; a damaged message stays damaged. Providers that limit an account do so for a day.
const GIVEN_UP_AFTER_MS: Readonly<Record<'message' | 'folder', Readonly<Record<RefusalKind, number>>>> = {
  message: { message: HOUR_MS, broken: HOUR_MS, put_off: 72 * HOUR_MS },
  folder: { message: 0, broken: HOUR_MS, put_off: 72 * HOUR_MS },
}

/**
 * Whether a message, or a folder beside the Inbox, that a server refuses since then is passed over. Until then it may be the
 * server that is in trouble: nothing is given up, and the mailbox does not count as read. Real times.
 */
export const isGivenUp = (
  what: 'message' | 'folder',
  kind: RefusalKind,
  { since, realNow }: { since: Date; realNow: Date },
): boolean => realNow.getTime() - since.getTime() >= GIVEN_UP_AFTER_MS[what][kind]

/** Whether a failure is the answer of a server that refuses something. */
export const isRefusalKind = (kind: string): kind is RefusalKind => Object.hasOwn(GIVEN_UP_AFTER_MS.message, kind)
