import type { ReceivedKind } from '../conversation/received-kind'

/** Where a conversation stands by itself; one that is snoozed stands there too, and is shown when its time has come. */
export const KEPT_SCOPES = ['open', 'away', 'bounces', 'unmatched', 'done'] as const
export type KeptScope = (typeof KEPT_SCOPES)[number]

/** What lists of conversations can be narrowed to, in the order of screens. */
export const SCOPES = ['open', 'waiting', 'away', 'bounces', 'unmatched', 'snoozed', 'done', 'everything'] as const
export type Scope = (typeof SCOPES)[number]

/** All messages between one lead and us; with somebody who is no lead, those of one mailbox. */
export type ConversationFacts = {
  /** It belongs to a lead. */
  isMatched: boolean
  doneAt: Date | null
  snoozedUntil: Date | null
  isUnread: boolean
  /** When their latest message came, and what that is. */
  lastInAt: Date | null
  lastInKind: ReceivedKind | null
  /** When the latest of theirs came that waits for an answer of a person. */
  askedAt: Date | null
  /** When a person of ours wrote last; emails of campaigns are no answers. */
  lastOutAt: Date | null
}

/** A message of theirs, as a conversation needs it. */
export type MessageOfTheirs = { at: Date; kind: ReceivedKind; asksPerson: boolean }

const ANSWERS_OF_PROGRAMS: ReadonlySet<ReceivedKind> = new Set(['automatic', 'out_of_office'])
const REPORTS: ReadonlySet<ReceivedKind> = new Set(['bounce', 'complaint'])

/** Before its first message. */
export const NOTHING_SAID: Omit<ConversationFacts, 'isMatched'> = {
  doneAt: null,
  snoozedUntil: null,
  isUnread: false,
  lastInAt: null,
  lastInKind: null,
  askedAt: null,
  lastOutAt: null,
}

/** Only what a person wrote waits for an answer; of wishes to stop those alone over which a person has to decide. */
const asksForAnswer = ({ kind, asksPerson }: MessageOfTheirs): boolean =>
  kind === 'human' || (kind === 'stop_request' && asksPerson)

/**
 * A conversation after a message of theirs. It opens one that is done or snoozed again, but for the automatic ones and those that
 * we have answered since: mailboxes are not read in the order in which messages came.
 */
export function afterMessage<Facts extends ConversationFacts>(before: Facts, message: MessageOfTheirs): Facts {
  const { at, kind } = message
  const isLatest = before.lastInAt === null || at >= before.lastInAt
  const isAnswered = before.lastOutAt !== null && before.lastOutAt >= at
  const opens = !ANSWERS_OF_PROGRAMS.has(kind) && !isAnswered
  return {
    ...before,
    doneAt: opens ? null : before.doneAt,
    snoozedUntil: opens ? null : before.snoozedUntil,
    isUnread: true,
    lastInAt: isLatest ? at : before.lastInAt,
    lastInKind: isLatest ? kind : before.lastInKind,
    askedAt: asksForAnswer(message) ? later(before.askedAt, at) : before.askedAt,
  }
}

/**
 * A conversation after a person of ours has written, here or by hand in a mail program: it waits for us no more, unless what they
 * asked came later. It stays done where it was, and snoozed until its time; one that was back by then has been acted on. What came
 * between `writtenAt` and `at`, when it left, its writer may not have seen: that stays unread.
 */
export const afterReply = <Facts extends ConversationFacts>(before: Facts, at: Date, writtenAt = at): Facts => ({
  ...before,
  snoozedUntil: before.snoozedUntil !== null && before.snoozedUntil <= at ? null : before.snoozedUntil,
  isUnread: before.isUnread && before.lastInAt !== null && before.lastInAt > writtenAt,
  lastOutAt: later(before.lastOutAt, at),
})

/** A conversation after a person has said what messages of theirs are: `theirs` are all of them, or the latest. */
export function afterCorrection<Facts extends ConversationFacts>(
  before: Facts,
  theirs: readonly MessageOfTheirs[],
): Facts {
  const { lastInAt, lastInKind, askedAt } = theirs.reduce(afterMessage, { ...NOTHING_SAID, isMatched: true })
  return { ...before, lastInAt, lastInKind, askedAt }
}

const later = (one: Date | null, other: Date): Date => (one !== null && one > other ? one : other)

/** Where it stands, and whether what they asked waits for us. What is asked is never hidden behind an automatic message. */
export function placed(facts: ConversationFacts): { scope: KeptScope; isWaiting: boolean } {
  const { isMatched, doneAt, lastInKind, askedAt, lastOutAt } = facts
  if (doneAt !== null) return { scope: 'done', isWaiting: false }
  if (!isMatched) return { scope: 'unmatched', isWaiting: false }
  if (askedAt !== null && (lastOutAt === null || askedAt > lastOutAt)) return { scope: 'open', isWaiting: true }
  if (lastInKind !== null && REPORTS.has(lastInKind)) return { scope: 'bounces', isWaiting: false }
  if (lastInKind !== null && ANSWERS_OF_PROGRAMS.has(lastInKind)) return { scope: 'away', isWaiting: false }
  return { scope: 'open', isWaiting: false }
}

/** In which lists it is shown at `now`. One whose snooze is over waits for us until a person acts. */
export function scopesOf(facts: ConversationFacts, now: Date): ReadonlySet<Scope> {
  const { scope, isWaiting } = placed(facts)
  const { snoozedUntil } = facts
  if (scope !== 'done' && snoozedUntil !== null && snoozedUntil > now) return new Set(['snoozed', 'everything'])
  const isBack = scope !== 'done' && snoozedUntil !== null
  return new Set<Scope>([scope, ...(isWaiting || isBack ? (['waiting'] as const) : []), 'everything'])
}

/** When the latest message was written, by whomever; null before the first. */
export function lastMessageAt({ lastInAt, lastOutAt }: ConversationFacts): Date | null {
  if (lastInAt === null) return lastOutAt
  return later(lastOutAt, lastInAt)
}

/** A person is done with it: it comes back with their next message. */
export const done = <Facts extends ConversationFacts>(before: Facts, now: Date): Facts => ({
  ...before,
  doneAt: before.doneAt ?? now,
  snoozedUntil: null,
  isUnread: false,
})

export const reopened = <Facts extends ConversationFacts>(before: Facts): Facts => ({ ...before, doneAt: null })

const LONGEST_SNOOZE_MS = 366 * 86_400_000

/** Why a conversation cannot be put off until then; null where it can. */
export function snoozeProblem(until: Date, now: Date): string | null {
  if (until <= now) return 'Choose a time that is still to come.'
  return until.getTime() - now.getTime() > LONGEST_SNOOZE_MS ? 'Choose a time within a year.' : null
}

/** Put off until then, or back at once. One that was done is open again. */
export const snoozed = <Facts extends ConversationFacts>(before: Facts, until: Date | null): Facts => ({
  ...before,
  doneAt: null,
  snoozedUntil: until,
  isUnread: until === null ? before.isUnread : false,
})
