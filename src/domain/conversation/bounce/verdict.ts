import { cutText } from '../../cut-text'
import { meaningOf, type Refusal, suspectOf } from '../../delivery/answer-rules'
import { enhancedCode, type SmtpPhase } from '../../delivery/outcome'

/**
 * What a report says of one recipient. `hard`: the address takes no email, for good; `soft`: passing, or for a reason of the
 * message; `policy`: the server refuses us, which is the mailbox's trouble; `delayed`: the server goes on trying; `delivered`.
 */
export type Severity = 'hard' | 'soft' | 'policy' | 'delayed' | 'delivered'

/** Fields of a report about one recipient, as they stand there; '' where they are missing. */
export type RecipientReport = { action: string; status: string; diagnostic: string }

const DELIVERED = /^(delivered|relayed|expanded)/i
const DELAYED = /^delayed/i

/** Judges a report about one recipient; the server's own words go through the same rules as an answer on the wire. */
export function severityOf({ action, status, diagnostic }: RecipientReport): Severity {
  if (DELIVERED.test(action)) return 'delivered'
  const refusal = refusalIn(diagnostic, status)
  if (DELAYED.test(action) || (!action && /^4\./.test(status) && !refusal)) return 'delayed'
  return severityOfRefusal(refusal ?? refusalOfStatus(status, diagnostic), diagnostic)
}

/** The SMTP answer within a report's text; null where it holds none. */
export function refusalIn(text: string, status = ''): Refusal | null {
  // From the reply code on: what stands before names hosts, whose addresses are not the server's words.
  const at = /(?:^|[^\d.])(?=[45]\d\d[ -]+(?!\d+[ -]*(?:bytes|seconds|ms)\b)\S)/.exec(text)
  const said = at ? paragraphFrom(text, at.index + at[0].length) : bareEnhanced(text)
  if (!said) return null
  const enhanced = enhancedCode(said) || enhancedOf(status, said)
  return { phase: phaseOf(text, enhanced), code: Number(said.slice(0, 3)), enhanced, text: said }
}

// As long as an answer gets; below it stand the report's other words.
const LONGEST_ANSWER = 400

const paragraphFrom = (text: string, at: number): string =>
  (cutText(text.slice(at), LONGEST_ANSWER).split(/\n\s*\n/)[0] ?? '').replace(/\s+/g, ' ').trim()

// "5.2.2 <ada@nordwind.example>... Mailbox full": Zoho, GMX and others leave the reply code out.
function bareEnhanced(text: string): string | null {
  const at = /(?:^|[\s#:('"])(?=[45]\.\d{1,3}\.\d{1,3}\b(?!\.))/.exec(text)
  const said = at ? paragraphFrom(text, at.index + at[0].length) : ''
  return said && `${said.startsWith('4') ? 450 : 550} ${said}`
}

const refusalOfStatus = (status: string, words: string): Refusal | null =>
  /^[45]\./.test(status) ? refusalIn(`${status.startsWith('4') ? 450 : 550} ${status} ${words.trimStart()}`) : null

// The report's own status counts where the server gave no code, and both are of one class.
const enhancedOf = (status: string, answer: string): string => {
  const [code = ''] = /^[45]\.\d{1,3}\.\d{1,3}/.exec(status.trim()) ?? []
  return code[0] === answer[0] && !/\.0\.0$/.test(code) ? code : ''
}

// A report does not say at which command the server refused; most do at RCPT, and policy after the message.
function phaseOf(text: string, enhanced: string): SmtpPhase {
  if (/after (?:initial connection|MAIL FROM|HELO|EHLO)|in reply to (?:MAIL FROM|HELO|EHLO)/i.test(text)) return 'mail'
  if (
    /end of (?:DATA|message)|after (?:end of data|DATA|the message)|in reply to (?:end of )?DATA|STOREDRV/i.test(text)
  )
    return 'body'
  return /^[45]\.[67]\./.test(enhanced) ? 'body' : 'rcpt'
}

const SAYS_POLICY =
  /\b(?:spam|spamhaus|junk|unsolicited|reputation|block(?:ed|list|ing)|black ?list|denylist|banned|DMARC|SPF|DKIM|PTR|policy|policies|prohibit|malicious|phish|virus|content (?:rejected|filter)|not authori[sz]ed|authenticat\w+|complaints?|rate limit\w*|senders? not allowed|host network|messages from \[?\d|RBL|DNSBL)\b|service (?:is )?(?:currently )?unavailable/i
const SAYS_GONE =
  /user unknown|unknown (?:user|recipient)|user not exist|not listed in|does(?:n.?t| not) have an? \S+ account|no such (?:user|recipient|mailbox|person)|does(?:n.?t| not) exist|not found|couldn.?t be found|wasn.?t found|invalid (?:recipient|address|mailbox)|unknown address|address (?:rejected|unknown)|mailbox unavailable|(?:account|mailbox|user|recipient)[^.]{0,40}(?:disabled|deactivated|closed|inactive|suspended|discontinued|locked|frozen|no longer)|no longer (?:works|employed|available|with)|unrouteable|recipnotfound|bad destination|host (?:or domain name )?not found|domain (?:name )?(?:not found|does not exist|has no mx)|null ?mx|nonexistent|no mx|names? (?:or service )?not known/i
const SAYS_PASSING =
  /quota|(?:mailbox|inbox|storage)[^.]{0,30}full|full mailbox|timed? ?out|time[- ]?out|expired|too (?:old|long in)|connection (?:refused|lost|reset|timed)|could not connect|temporar|try again|greylist|retry time|loop|too many hops|unable to connect|no route|queue too long|out of (?:storage|memory)|insufficient|too (?:large|big)|size/i

function severityOfRefusal(refusal: Refusal | null, words: string): Severity {
  if (!refusal) return severityOfWords(words)
  const severity = severityOfAnswer(refusal)
  return severity === 'hard' && MAY_PASS.test(refusal.text) ? 'soft' : severity
}

// Said of an address that does exist: "the user you are trying to contact is receiving mail at a rate that prevents".
const MAY_PASS = /temporar(?:y|ily)|try again later|receiving (?:e-?mail|mail|messages) at a rate/i

function severityOfAnswer(refusal: Refusal): Severity {
  switch (meaningOf(refusal)) {
    case 'address_invalid':
      return 'hard'
    case 'refused':
      // Somebody who takes messages of colleagues only is there.
      return refusal.enhanced.startsWith('5.7.') && !isAboutAddress(refusal) ? 'policy' : 'hard'
    case 'stop':
    case 'next_day':
      // What looks like the server's opinion of us may be about the person: "550 5.7.1 user unknown, see policy".
      return isAboutAddress(refusal) ? 'hard' : 'policy'
    case 'cool_down':
      return SAYS_POLICY.test(refusal.text) ? 'policy' : 'soft'
    case 'full':
    case 'too_large':
      return 'soft'
    case 'retry':
      return suspectOf(refusal) === 'mailbox' && SAYS_GONE.test(refusal.text) && !SAYS_PASSING.test(refusal.text)
        ? 'hard'
        : 'soft'
    case null:
      return severityOfUnlisted(refusal)
  }
}

const isAboutAddress = ({ enhanced, text, code }: Refusal): boolean =>
  code >= 500 &&
  !/^5\.1\.[78]$|^5\.7\.(?!1$)/.test(enhanced) &&
  (/^5\.1\.(?:[0-346]|10)$/.test(enhanced) || SAYS_GONE.test(text)) &&
  !SAYS_POLICY.test(text) &&
  !/sender|relay/i.test(text)

// Nothing is listed about it: the class of its code, and plain words. X.1 addresses, X.2 mailboxes, X.4 routes, X.7 policy.
function severityOfUnlisted({ enhanced, code, text }: Refusal): Severity {
  if (code < 500) return 'soft'
  if (/^5\.7\./.test(enhanced)) return SAYS_GONE.test(text) && !SAYS_POLICY.test(text) ? 'hard' : 'policy'
  if (SAYS_POLICY.test(text) && !/^5\.1\./.test(enhanced)) return 'policy'
  if (/^5\.(?:1|2\.1)/.test(enhanced) || SAYS_GONE.test(text)) return 'hard'
  if (/^5\.(?:2\.[2-9]|3|4\.[67]|5|6)/.test(enhanced) || SAYS_PASSING.test(text)) return 'soft'
  return 'hard'
}

// A report without any code: only plain words make it hard, since hard suppresses.
function severityOfWords(text: string): Severity {
  if (SAYS_POLICY.test(text)) return 'policy'
  if (SAYS_PASSING.test(text)) return 'soft'
  return SAYS_GONE.test(text) ? 'hard' : 'soft'
}
