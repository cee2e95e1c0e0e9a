import { domainOf } from '../lead/email'
import { suspectOf } from './answer-rules'
import { refusalOf, type SmtpOutcome, type Verdict } from './outcome'
import { type Culprit, findCulprits, type RefusedEmail } from './refused-alike'

/** An email is put back as often while others pass; after that it is the recipient's server that never takes it. */
const MAX_PUT_BACKS = 10

export type Answered = {
  email: { id: string; leadId: string; campaignId: string; email: string }
  fencingToken: number
  outcome: SmtpOutcome
  verdict: Verdict
  /** Another email was accepted since its SMTP transaction began. */
  othersPassed?: boolean
}

/** What the mailbox's server has refused so far, and who turned out to be at fault for what is still on its way. */
export type RefusalMemory = { streak: readonly RefusedEmail[]; culprits: readonly Culprit[] }

/** Refusals that were not the recipients' fault after all. */
export type Blamed<T> = {
  culprit: Culprit
  /** Why: the latest answer, or that it is about the mailbox. */
  reason: string
  /** The latest of them. */
  latest: T
  /** Emails refused before, which go back. */
  giveBack: RefusedEmail[]
}

export type Settled<T> = RefusalMemory & {
  /** The answers with their verdicts, as they stand beside those of the emails before. */
  settled: T[]
  blamed: Blamed<T>[]
}

/**
 * Judges a batch beside what the mailbox's server refused before. When it refuses everybody with the same words that no
 * rule knows, it speaks of us: the mailbox stops (cools down where they say "later"), and all it refused so go back. Emails
 * of one campaign that are refused alike for their content or size go back, too, and the campaign is to be paused. An
 * email that is put back while others pass is its recipient's trouble after a while, at once where the server was silent
 * to it.
 */
export function settleRefusals<T extends Answered>(before: RefusalMemory, answers: readonly T[]): Settled<T> {
  const streak = new Map(before.streak.map((entry) => [entry.scheduledEmailId, entry]))
  const accepted = answers.filter(({ verdict }) => verdict.kind === 'sent')
  const passed = new Set(accepted.map(({ email }) => email.campaignId))
  if (passed.size > 0) forgetRefusals(streak, passed)
  for (const { email } of accepted) streak.delete(email.id)
  const changed = new Map<T, Verdict>()
  for (const answer of answers) {
    if (isPutBack(answer)) {
      const verdict = putBack(streak, answer, answer.othersPassed === true || passed.size > 0)
      if (verdict) changed.set(answer, verdict)
      continue
    }
    if (streak.get(answer.email.id)?.words) streak.delete(answer.email.id)
    const entry = refusedEntry(answer, passed)
    if (!entry) continue
    // What was on its way while the others showed whom the words are about.
    const known = before.culprits.find((culprit) => isOf(culprit, entry))
    if (known) changed.set(answer, verdictOf(known, answer.verdict))
    else if (entry.suspect === 'mailbox' ? passed.size === 0 : !passed.has(entry.campaignId))
      streak.set(answer.email.id, entry)
  }
  const blamed = blame(streak, answers, changed)
  const known = before.culprits.filter(({ campaignId }) => campaignId === null || !passed.has(campaignId))
  return {
    settled: answers.map((answer) => ({ ...answer, verdict: changed.get(answer) ?? answer.verdict })),
    streak: [...streak.values()],
    culprits: [...known, ...blamed.map(({ culprit }) => culprit)],
    blamed,
  }
}

/** The server's words on anybody: without what differs from one recipient to the next. */
export const wordsOf = (response: string): string =>
  response
    .toLowerCase()
    .replace(/<[^>]*>|\S+@\S+/g, ' ')
    .replace(/\b[\w-]+(\.[\w-]+)+\b/g, ' ')
    .replace(/\S*\d\S*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

// Sizes and limits are told in many ways, and all say the same.
const SIZE = 'size'

const entryOf = ({ email, fencingToken }: Answered): RefusedEmail => ({
  scheduledEmailId: email.id,
  claim: fencingToken,
  leadId: email.leadId,
  campaignId: email.campaignId,
  domain: domainOf(email.email),
  suspect: 'mailbox',
  words: null,
  putBacks: 0,
  othersPassed: false,
  returned: false,
})

/** A refusal that may be about more than its recipient; null for all else. */
function refusedEntry(answer: Answered, passed: ReadonlySet<string>): (RefusedEmail & { words: string }) | null {
  const { outcome } = answer
  const entry = { ...entryOf(answer), othersPassed: passed.size > 0 }
  if (outcome.kind === 'too_large') return { ...entry, suspect: 'size', words: SIZE }
  const suspect = outcome.kind === 'refused' ? suspectOf(refusalOf(outcome)) : null
  if (outcome.kind !== 'refused' || suspect === null) return null
  return { ...entry, suspect, words: suspect === 'size' ? SIZE : wordsOf(outcome.response) }
}

/** An acceptance clears the mailbox of what it is suspected of, and its own campaign's content. */
function forgetRefusals(streak: Map<string, RefusedEmail>, passed: ReadonlySet<string>): void {
  for (const [id, entry] of streak) {
    const isCleared = entry.suspect === 'mailbox' || entry.returned || passed.has(entry.campaignId)
    if (entry.words !== null && isCleared) streak.delete(id)
    else if (!entry.othersPassed) streak.set(id, { ...entry, othersPassed: true })
  }
}

/** Takes those for whom somebody else is at fault out of the row, where this batch has shown it, and changes their verdicts. */
function blame<T extends Answered>(
  streak: Map<string, RefusedEmail>,
  answers: readonly T[],
  changed: Map<T, Verdict>,
): Blamed<T>[] {
  return findCulprits([...streak.values()]).flatMap(({ culprit, emails }) => {
    const ids = new Set(emails.map(({ scheduledEmailId }) => scheduledEmailId))
    const own = answers.filter(({ email }) => ids.has(email.id))
    const latest = own.at(-1)
    if (!latest) return []
    for (const answer of own) changed.set(answer, verdictOf(culprit, answer.verdict))
    for (const entry of emails) {
      // Content that another campaign is refused for as well is not the template's.
      if (culprit.campaignId !== null && culprit.suspect === 'content')
        streak.set(entry.scheduledEmailId, { ...entry, returned: true })
      else streak.delete(entry.scheduledEmailId)
    }
    const mine = new Set(own.map(({ email }) => email.id))
    const giveBack = emails.filter(({ scheduledEmailId, returned }) => !returned && !mine.has(scheduledEmailId))
    return [{ culprit, reason: reasonOf(verdictOf(culprit, latest.verdict)), latest, giveBack }]
  })
}

const isOf = ({ suspect, words, campaignId }: Culprit, entry: RefusedEmail) =>
  suspect === entry.suspect && words === entry.words && (campaignId === null || campaignId === entry.campaignId)

/** The server put the email off once a recipient was named, or was silent to it: the mailbox's trouble, or the recipient's. */
const isPutBack = ({ outcome, verdict }: Answered): boolean =>
  verdict.kind === 'mailbox' &&
  verdict.action === 'cool_down' &&
  ((outcome.kind === 'broken' && outcome.unanswered === true) ||
    (outcome.kind === 'refused' && outcome.phase !== 'connect' && outcome.phase !== 'auth' && outcome.phase !== 'mail'))

/** The verdict that uses up an attempt, or null where the email goes back without. */
function putBack(streak: Map<string, RefusedEmail>, answer: Answered, othersPassNow: boolean): Verdict | null {
  const before = streak.get(answer.email.id)
  const known = before?.words === null ? before : entryOf(answer)
  const putBacks = known.putBacks + (known.othersPassed ? 1 : 0)
  const isSilent = answer.outcome.kind === 'broken'
  if (isSilent ? othersPassNow || known.othersPassed : putBacks >= MAX_PUT_BACKS) {
    streak.delete(answer.email.id)
    return { kind: 'retry', reason: reasonOf(answer.verdict) }
  }
  streak.set(answer.email.id, { ...known, claim: answer.fencingToken, putBacks, othersPassed: false })
  return null
}

const reasonOf = (verdict: Verdict) => ('reason' in verdict ? verdict.reason : '')

function verdictOf({ suspect, campaignId }: Culprit, verdict: Verdict): Verdict {
  const reason = reasonOf(verdict)
  if (campaignId !== null) return { kind: 'template', reason }
  const whom = suspect === 'content' ? 'the emails of several campaigns' : 'every recipient'
  return {
    kind: 'mailbox',
    // What is refused for now may pass by itself; what is refused for good asks for a person.
    action: verdict.kind === 'retry' ? 'cool_down' : 'stop',
    reason: `The server refuses ${whom} with the same words, so they are about this mailbox: “${reason}”`,
  }
}

/** Why a campaign is paused whose emails are refused alike. `reason`: the latest answer. */
export const refusedAlikeWords = (suspect: string, reason: string) =>
  `emails were refused for their ${suspect}: ${reason}`
