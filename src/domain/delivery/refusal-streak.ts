import { domainOf } from '../lead/email'
import { isUnlisted } from './answer-rules'
import { enhancedCode, type SmtpOutcome, type Verdict } from './outcome'

/** So many recipients at so many domains, refused with the same words and nobody accepted in between: it is about us. */
const ALIKE = { recipients: 5, domains: 3 } as const
/** As many recipients where fewer domains are tried. */
const ALIKE_AT_FEWER_DOMAINS = 10
/** An email is put back as often while others pass; after that it is the recipient's server that never takes it. */
const MAX_PUT_BACKS = 10

/** An email of a mailbox that its server has refused or put off since it last accepted. */
export type RefusedEmail = {
  scheduledEmailId: string
  /** The claim whose attempt it was. */
  claim: number
  leadId: string
  domain: string
  /** The refusal without addresses, ids and numbers; null for an email that was put back. */
  words: string | null
  putBacks: number
  /** Another email was accepted since it was put back. */
  othersPassed: boolean
}

export type Answered = {
  email: { id: string; leadId: string; email: string }
  fencingToken: number
  outcome: SmtpOutcome
  verdict: Verdict
}

export type Settled<T> = {
  /** The answers with their verdicts, as they stand beside those of the emails before. */
  settled: T[]
  streak: RefusedEmail[]
  /** Words that turned out to be about us. */
  ours: readonly string[]
  /** Emails refused before that were not the recipients' fault after all. */
  giveBack: RefusedEmail[]
  /** Why they go back; empty when none do. */
  reason: string
}

/**
 * Judges a batch beside what the mailbox's server refused before. When it refuses everybody with the same words that no
 * rule knows, it speaks of us: the mailbox stops (cools down where they say "later"), and all it refused so go back. An
 * email that is put back while others pass is its recipient's trouble after a while, at once where the server was silent
 * to it.
 */
export function settleRefusals<T extends Answered>(
  { streak: before, ours }: { streak: readonly RefusedEmail[]; ours: readonly string[] },
  answers: readonly T[],
): Settled<T> {
  const streak = new Map(before.map((entry) => [entry.scheduledEmailId, entry]))
  const accepted = answers.filter(({ verdict }) => verdict.kind === 'sent')
  if (accepted.length > 0) forgetRefusals(streak)
  for (const { email } of accepted) streak.delete(email.id)
  const changed = new Map<T, Verdict>()
  for (const answer of answers) {
    if (isPutBack(answer)) {
      const verdict = putBack(streak, answer, accepted.length > 0)
      if (verdict) changed.set(answer, verdict)
      continue
    }
    const words = unlistedWords(answer)
    if (words === null) continue
    // What was on its way while the others showed whom the words are about.
    if (ours.includes(words)) changed.set(answer, aboutUs(answer.verdict))
    else if (accepted.length === 0) streak.set(answer.email.id, { ...entryOf(answer), words })
  }
  const alike = refusedAlike([...streak.values()])
  const ids = new Set(alike.map(({ scheduledEmailId }) => scheduledEmailId))
  const own = answers.filter(({ email }) => ids.has(email.id))
  for (const answer of own) changed.set(answer, aboutUs(answer.verdict))
  for (const { scheduledEmailId } of alike) streak.delete(scheduledEmailId)
  const mine = new Set(own.map(({ email }) => email.id))
  const [first] = own
  return {
    settled: answers.map((answer) => ({ ...answer, verdict: changed.get(answer) ?? answer.verdict })),
    streak: [...streak.values()],
    ours: [...new Set([...ours, ...alike.flatMap(({ words }) => words ?? [])])],
    giveBack: alike.filter(({ scheduledEmailId }) => !mine.has(scheduledEmailId)),
    reason: first ? reasonOf(aboutUs(first.verdict)) : '',
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

function unlistedWords({ outcome }: Answered): string | null {
  if (outcome.kind !== 'refused') return null
  const { phase, code, response } = outcome
  const refusal = { phase, code, enhanced: enhancedCode(response), text: response }
  return (phase === 'rcpt' || phase === 'data' || phase === 'body') && isUnlisted(refusal) ? wordsOf(response) : null
}

const entryOf = ({ email, fencingToken }: Answered): RefusedEmail => ({
  scheduledEmailId: email.id,
  claim: fencingToken,
  leadId: email.leadId,
  domain: domainOf(email.email),
  words: null,
  putBacks: 0,
  othersPassed: false,
})

function forgetRefusals(streak: Map<string, RefusedEmail>): void {
  for (const [id, entry] of streak) {
    if (entry.words !== null) streak.delete(id)
    else if (!entry.othersPassed) streak.set(id, { ...entry, othersPassed: true })
  }
}

/** The server put the email off once a recipient was named, or was silent to it: the mailbox's trouble, or the recipient's. */
const isPutBack = ({ outcome, verdict }: Answered): boolean =>
  verdict.kind === 'mailbox' &&
  verdict.action === 'cool_down' &&
  ((outcome.kind === 'broken' && outcome.unanswered === true) ||
    (outcome.kind === 'refused' && outcome.phase !== 'connect' && outcome.phase !== 'auth' && outcome.phase !== 'mail'))

/** The verdict that uses up an attempt, or null where the email goes back without. */
function putBack(streak: Map<string, RefusedEmail>, answer: Answered, othersPassNow: boolean): Verdict | null {
  const known = streak.get(answer.email.id) ?? entryOf(answer)
  const putBacks = known.putBacks + (known.othersPassed ? 1 : 0)
  const isSilent = answer.outcome.kind === 'broken'
  if (isSilent ? othersPassNow || known.othersPassed : putBacks >= MAX_PUT_BACKS) {
    streak.delete(answer.email.id)
    return { kind: 'retry', reason: reasonOf(answer.verdict) }
  }
  streak.set(answer.email.id, { ...known, claim: answer.fencingToken, words: null, putBacks, othersPassed: false })
  return null
}

/** All that are refused with the same words, when they are enough to show that these are about us; else none. */
function refusedAlike(entries: readonly RefusedEmail[]): RefusedEmail[] {
  const groups = Map.groupBy(
    entries.filter(({ words }) => words !== null),
    ({ words }) => words,
  )
  for (const group of groups.values()) {
    const recipients = new Set(group.map(({ leadId }) => leadId)).size
    const domains = new Set(group.map(({ domain }) => domain)).size
    if (recipients >= (domains >= ALIKE.domains ? ALIKE.recipients : ALIKE_AT_FEWER_DOMAINS)) return group
  }
  return []
}

const reasonOf = (verdict: Verdict) => ('reason' in verdict ? verdict.reason : '')

// What is refused for now may pass by itself; what is refused for good asks for a person.
const aboutUs = (verdict: Verdict): Verdict => ({
  kind: 'mailbox',
  action: verdict.kind === 'retry' ? 'cool_down' : 'stop',
  reason: `The server refuses every recipient with the same words, so they are about this mailbox: “${reasonOf(verdict)}”`,
})
