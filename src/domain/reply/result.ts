import { judge, type RefusedRecipient, type SmtpOutcome, type Verdict } from '../delivery/outcome'
import { type Attempt, type EmailResult, resultOf } from '../delivery/result'

/** Change that one attempt makes to a claimed reply. */
export type ReplyResult = Omit<EmailResult, 'addressInvalid'> & {
  /** Of the recipients of this attempt: whom the server has taken it for, and whom it has refused for good. */
  taken: string[]
  refused: string[]
  /** Those whose address does not exist, as the server reports. */
  invalid: string[]
  /** The server's answer to what it has taken. */
  response: string | null
}

/** What an attempt was made with: its recipients, and whether a server has taken it for others before. */
export type ReplyAttempt = Attempt & { recipients: readonly string[]; takenBefore: boolean }

/**
 * The state of a reply after one attempt. Where the server takes it for some of its recipients, it goes back for those who are to be
 * tried again, and is sent once nobody is left; whoever was refused is named.
 */
export function replyResultOf(outcome: SmtpOutcome, verdict: Verdict, attempt: ReplyAttempt): ReplyResult {
  const { recipients, takenBefore } = attempt
  if (outcome.kind === 'accepted') return acceptedFor(outcome, attempt)
  const { addressInvalid, ...result } = resultOf(verdict, attempt)
  const invalid = addressInvalid && recipients.length === 1 ? [...recipients] : []
  const whole = { ...result, taken: [], refused: [], invalid, response: null }
  if (result.status !== 'failed') return whole
  // It has reached somebody: it is no failure, and names whom it did not reach.
  const refused = [...recipients]
  return takenBefore
    ? { ...whole, status: 'sent', refused, reason: notReached(refused, result.reason) }
    : { ...whole, refused }
}

function acceptedFor(outcome: SmtpOutcome & { kind: 'accepted' }, attempt: ReplyAttempt): ReplyResult {
  const refusals = (outcome.refused ?? []).map((refusal) => ({ ...refusal, verdict: judge(asOutcome(refusal)) }))
  const taken = attempt.recipients.filter((email) => !refusals.some(({ address }) => address === email))
  const forGood = refusals.filter(({ verdict }) => verdict.kind === 'failed')
  const later = refusals.filter(({ verdict }) => verdict.kind !== 'failed')
  const refused = forGood.map(({ address }) => address)
  const invalid = forGood.flatMap(({ address, verdict }) =>
    verdict.kind === 'failed' && verdict.addressInvalid ? [address] : [],
  )
  const base = { taken, invalid, response: outcome.response, attemptUsed: refusals.length > 0 }
  const [first] = later
  if (first) {
    const again = resultOf({ kind: 'retry', reason: notReached([first.address], first.response) ?? '' }, attempt)
    if (again.status === 'pending')
      return { ...base, refused, status: 'pending', reason: again.reason, dueAt: again.dueAt }
  }
  const missed = refusals.map(({ address }) => address)
  return {
    ...base,
    refused: missed,
    status: 'sent',
    reason: notReached(missed, refusals[0]?.response ?? null),
    dueAt: null,
  }
}

const asOutcome = ({ code, response }: RefusedRecipient): SmtpOutcome => ({
  kind: 'refused',
  phase: 'rcpt',
  code,
  response,
})

const notReached = (addresses: readonly string[], words: string | null): string | null =>
  addresses.length === 0 ? null : `Not delivered to ${addresses.join(', ')}: ${words ?? 'refused'}`
