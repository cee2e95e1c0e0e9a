import type { SmtpPhase } from './outcome'

/** A server's negative answer: when it came, its reply code, its RFC 3463 code (or ''), and all of its text. */
export type Refusal = { phase: SmtpPhase; code: number; enhanced: string; text: string }

/**
 * What a negative answer is about. `stop`, `next_day`, `cool_down`: the mailbox; `retry`: passing failure of this
 * recipient; `full`: its mailbox is full; `address_invalid`: the address does not exist; `refused`: this recipient, for
 * another reason; `too_large`: the size of this email.
 */
export type Meaning = 'stop' | 'next_day' | 'cool_down' | 'retry' | 'full' | 'address_invalid' | 'refused' | 'too_large'

type Rule = { means: Meaning; when: (refusal: Refusal) => boolean }

const isBeforeMail = ({ phase }: Refusal) => phase === 'connect' || phase === 'auth'
const isAtRecipient = ({ phase }: Refusal) => phase === 'rcpt'
const isAfterRecipient = ({ phase }: Refusal) => phase === 'data' || phase === 'body'
const isOfRecipient = (refusal: Refusal) => isAtRecipient(refusal) || isAfterRecipient(refusal)
const isPermanent = ({ code }: Refusal) => code >= 500
const isTemporary = ({ code }: Refusal) => code < 500
const oneOf = (codes: readonly string[]) => {
  const set = new Set(codes)
  return ({ enhanced }: Refusal) => set.has(enhanced)
}
const says = (pattern: RegExp) => (refusal: Refusal) => pattern.test(refusal.text)

// The server wants a login or encryption that it did not get.
const wantsLogin = says(
  /authenticat\w+ (is )?(failed|required|unsuccessful)|not authenticated|must issue a STARTTLS|encryption (is )?required/i,
)

// The provider's quota for this account: a day's, or one that a day may refill.
const isDailyQuota = says(
  /SubmissionQuotaExceeded|daily (user )?(sending|message|mail|email|smtp relay) ?\w* ?(limit|quota)|(reached|exceeded) (your|its|the|their) (max\w* )?(daily|24.hours?|sending)|(mail )?send(ing)? (limit|quota) (was |is )?exceeded|maximum credits exceeded/i,
)
const reachedDailyLimit = oneOf(['5.4.5', '5.1.90', '5.7.232', '5.7.233'])

// A pace that the account or our address exceeds.
const isTooFast = says(
  /throttl|sending rate|rate limit|frequency limited|\bper (hour|minute)\b|too (many|frequent) (messages|mails|e-?mails|connections|connects|concurrent|sessions)|sending too (fast|quickly|many)/i,
)

// We may not send from, as, or through here. 5.2.251-255: submission refused; 5.7.23-30, 5.7.509, 5.7.515: the sender's
// SPF, DKIM, DMARC, PTR or TLS; 5.7.5xx, 5.7.70x: the account is blocked for what it has sent.
const isSenderRefused = oneOf([
  ...['5.1.8', '5.2.251', '5.2.252', '5.2.253', '5.2.254', '5.2.255'],
  ...['5.7.23', '5.7.25', '5.7.26', '5.7.27', '5.7.29', '5.7.30', '5.7.509', '5.7.515'],
  ...['5.7.54', '5.7.57', '5.7.60', '5.7.64', '5.7.501', '5.7.502', '5.7.503', '5.7.705', '5.7.708', '5.7.750'],
])
const saysRelayRefused = says(
  /relay(ing)?( access)?( is)? (denied|not (permitted|allowed)|prohibited|disallowed)|unable to relay|not (allowed|permitted) to relay|list of allowed rcpthosts|cannot deliver mail for|use me (\[.{0,80}\] )?as a relay/i,
)
const saysSenderRefused = says(
  /sender (e-?mail )?(address )?(is )?(rejected|blocked|invalid|not (allowed|authori[sz]ed))|sender verify failed|not owned by|not authori[sz]ed to (send|perform)|(e-?mail )?address is not verified|verified sender identity|not one of your addresses|unusual sending activity|DMARC (policy|verification|evaluation)/i,
)
const isSubmissionRefused = says(/STOREDRV\.Submission|SendAsDenied/i)

// Our host, our greeting, our address: Postfix and others hold back what they have against them until a recipient is named.
const saysHostRefused = says(
  /client host .{0,80}(rejected|blocked)|(helo|ehlo) command rejected|(blocked|rejected|refused|listed) (using|by|in|at) (\w+\.)+[a-z]{2,}|\b(block|black|deny) ?list(ed)?\b|\bspamhaus\b|\bipcheck\b|\byour (ip|host|access)\b|\bPTR\b|reverse (dns|host ?name)|reputation of the sending/i,
)
const namesAnAddress = says(/\[(\d{1,3}\.){3}\d{1,3}\]|\[(IPv6:)?[\da-f]{1,4}:[\da-f:]+\]/i)
// The answering machine's own storage and memory.
const saysNoRoom = says(/insufficient (disk|system)/i)
// RFC 3463: X.1.7 and X.1.8 speak of the sender's address, X.3.X of the mail system that answers, X.7.X of its policy.
const isPassingAndAboutUs = ({ enhanced }: Refusal) => /^4\.(1\.[78]|3\.|7\.)/.test(enhanced)

// The provider's terms for this account: it may not send now, or not from this domain.
const saysAccountRefused = says(
  /\b(sending|account|plan|subscription|domain)\b.{0,60}\b(paused|suspended|disabled|deactivated|locked|unverified|not (been )?(verified|activated|authenticated|configured)|may not send|does not include)\b|\b(unconfigured|unverified|unauthenticated) (sending |sender )?(domain|account)|\baccount\b.{0,60}\b(blocked|on hold|expired|not (allowed|permitted) to send)\b|\btrial\b.{0,40}\b(expired|ended|over)\b|\b(outgoing|outbound) (e?-?mails?|messages?|sending)\b.{0,60}\b(suspended|disabled|blocked|stopped)\b/i,
)
// What our domain publishes of itself, or the lack of it.
const saysUnauthenticated = says(/\b(SPF|DKIM|DMARC)\b/i)
const speaksOfAddressee = says(/tried to reach|recipient|addressee|mailbox|\buser\b/i)

// RFC 3463 leaves these to Exchange: the recipient takes email from certain senders only.
const isRestrictedRecipient = oneOf([
  ...['5.7.12', '5.7.13', '5.7.124', '5.7.129', '5.7.133', '5.7.134', '5.7.135', '5.7.136'],
])
const saysRestrictedRecipient = says(/RESOLVER\.RST\.(Sender|NotAuth|Restricted|AuthRequired)/i)
const saysDisabled = says(/\b(mailbox|account)\b.{0,40}\b(disabled|inactive|deactivated|suspended)\b/i)
const saysNoLongerValid = says(/delivery error: .{0,80}\bno longer valid\b/i)
// Passing, whatever the first digit: the person gets too much just now, from us or from anybody.
const saysReceivesTooMuch = says(/receiving (e?mail|messages) (too quickly|at a rate)/i)
const receivesTooMuch = oneOf(['5.2.121', '5.2.122'])

const isGreylisted = says(/gr[ea]y-?list/i)
const namesRecipient = says(/recipient (address )?(rejected|deferred)/i)

const isUnknownAddress = oneOf(['5.1.1', '5.1.2', '5.1.10', '5.4.4'])
const saysUnknownAddress = says(
  /user unknown|unknown (user|recipient|mailbox|local part)|addressee unknown|no such (user|mailbox|recipient|address|person)|no mailbox here|does(n't| not) exist|invalid (mailbox|recipient)|(mailbox|recipient) not found|mailbox unavailable|unroute?able address/i,
)
// Said so plainly that neither phase nor code matters: Yahoo says it after the message, Yandex with 5.7.1.
const saysNoSuchAccount = says(/no such user|user doesn't have an? \S+ account/i)
// "Mailbox unavailable", of some, begins the refusal of what they have against us.
const saysPolicy = says(/polic(y|ies)|rejected due to|reject due to/i)
// An enhanced code that speaks of something else (state of the mailbox, system, routing, content, policy) outweighs the text.
const isAboutSomethingElse = ({ enhanced }: Refusal) => /^5\.[2-467]\./.test(enhanced)

const isFull = ({ enhanced }: Refusal) => enhanced === '4.2.2' || enhanced === '5.2.2'
const saysFull = says(
  /(mailbox|quota|storage).{0,30}(full|exceeded|exceeds)|over ?quota|exceed\w* .{0,20}(quota|storage)|exhausted .{0,20}storage/i,
)

// Some say 5.2.3 of other limits of a mailbox.
const isTooLarge = (r: Refusal) =>
  r.enhanced === '5.3.4' || (r.enhanced === '5.2.3' && /size|large|big|length/i.test(r.text))
const saysTooLarge = says(/message.{0,20}(too (big|large)|size exceeds|exceeds .{0,30}size)|message (is )?too long/i)
// RFC 1870: the answer to a MAIL FROM that names the size.
const isSizeRefused = ({ phase, code, enhanced }: Refusal) => phase === 'mail' && code === 552 && !enhanced

/**
 * First match wins. Phase, enhanced code and known text decide, never the first digit alone: Gmail's daily limit is a
 * 5xx, Exchange's submission quota a 554, and a full mailbox may be either. No match: a 4xx is retried, a 5xx fails
 * this mail alone.
 */
const RULES: readonly Rule[] = [
  { means: 'stop', when: (r) => r.phase === 'auth' && isPermanent(r) },
  // Before those who want a login: such a recipient asks for one of its own organization.
  {
    means: 'refused',
    when: (r) => isPermanent(r) && isOfRecipient(r) && (isRestrictedRecipient(r) || saysRestrictedRecipient(r)),
  },
  { means: 'stop', when: (r) => r.code === 530 || (isPermanent(r) && (r.enhanced === '5.7.8' || wantsLogin(r))) },
  { means: 'next_day', when: (r) => reachedDailyLimit(r) || isDailyQuota(r) },
  { means: 'stop', when: (r) => isPermanent(r) && (isSenderRefused(r) || isSubmissionRefused(r)) },
  { means: 'stop', when: (r) => isPermanent(r) && (saysRelayRefused(r) || saysSenderRefused(r)) },
  {
    means: 'stop',
    when: (r) =>
      isPermanent(r) &&
      !speaksOfAddressee(r) &&
      ((isAfterRecipient(r) && saysAccountRefused(r)) || (!isBeforeMail(r) && saysUnauthenticated(r))),
  },
  {
    means: 'stop',
    when: (r) =>
      isPermanent(r) &&
      !isBeforeMail(r) &&
      !isUnknownAddress(r) &&
      (saysHostRefused(r) || (isAtRecipient(r) && namesAnAddress(r))),
  },
  {
    means: 'too_large',
    when: (r) => isPermanent(r) && !isBeforeMail(r) && (isTooLarge(r) || saysTooLarge(r) || isSizeRefused(r)),
  },
  { means: 'retry', when: (r) => isPermanent(r) && isOfRecipient(r) && (receivesTooMuch(r) || saysReceivesTooMuch(r)) },
  { means: 'cool_down', when: (r) => isTooFast(r) && !isGreylisted(r) },
  { means: 'cool_down', when: isBeforeMail },
  // No recipient is known to the server yet: whatever it has against MAIL FROM, it has against the mailbox.
  { means: 'stop', when: (r) => r.phase === 'mail' && isPermanent(r) },
  { means: 'cool_down', when: (r) => r.phase === 'mail' },
  // Greylisting asks for patience with this recipient, not with the mailbox.
  { means: 'retry', when: (r) => isTemporary(r) && r.code !== 421 && isGreylisted(r) },
  { means: 'retry', when: (r) => isAtRecipient(r) && r.code !== 421 && r.enhanced === '4.7.1' && namesRecipient(r) },
  // Passing trouble of the server, or its passing refusal of us.
  {
    means: 'cool_down',
    when: (r) =>
      r.code === 421 ||
      (isTemporary(r) && (isPassingAndAboutUs(r) || saysHostRefused(r) || saysRelayRefused(r) || saysNoRoom(r))),
  },
  { means: 'cool_down', when: (r) => r.code === 432 || (r.code === 450 && r.enhanced === '4.2.1') },
  { means: 'address_invalid', when: (r) => isPermanent(r) && (isUnknownAddress(r) || saysNoSuchAccount(r)) },
  // The recipient's mailbox is full: passing, whatever the first digit. A bare 552 means this at RCPT, the message later.
  { means: 'full', when: (r) => isFull(r) || saysFull(r) || (isAtRecipient(r) && r.code === 552 && !r.enhanced) },
  {
    means: 'address_invalid',
    when: (r) =>
      isPermanent(r) && isAtRecipient(r) && !isAboutSomethingElse(r) && saysUnknownAddress(r) && !saysPolicy(r),
  },
  // A mailbox that is disabled or takes nothing.
  {
    means: 'refused',
    when: (r) =>
      isPermanent(r) &&
      ((isAtRecipient(r) && r.enhanced === '5.2.1') ||
        (speaksOfAddressee(r) && saysDisabled(r)) ||
        (isAfterRecipient(r) && saysNoLongerValid(r))),
  },
]

const listed = (refusal: Refusal): Meaning | undefined => RULES.find(({ when }) => when(refusal))?.means

/** What the answer is about; null when nothing but this one mail is known to be refused, for good. */
export const meaningOf = (refusal: Refusal): Meaning | null =>
  listed(refusal) ?? (isTemporary(refusal) ? 'retry' : null)

/**
 * What an answer may be about beside its recipient, which shows only when others get the same: `mailbox`, when nothing about
 * the answer is known; `content` and `size`, those of the email, hence of its campaign's template. Null where the answer
 * itself says whom it is about.
 */
export type Suspect = 'mailbox' | 'content' | 'size'

export function suspectOf(refusal: Refusal): Suspect | null {
  const meaning = listed(refusal)
  if (meaning === 'too_large') return 'size'
  if (meaning !== undefined || isBeforeMail(refusal) || refusal.phase === 'mail') return null
  const isOfMessage = refusal.phase === 'body' || (refusal.phase === 'data' && refusal.enhanced.startsWith('5.6.'))
  return isPermanent(refusal) && isOfMessage ? 'content' : 'mailbox'
}
