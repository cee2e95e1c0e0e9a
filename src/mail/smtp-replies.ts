import type { SmtpOutcome, SmtpPhase } from '@/domain/delivery/outcome'

/** An error of nodemailer's. */
export type SmtpError = Error & {
  responseCode?: number
  response?: string
  command?: string
  code?: string
  recipient?: string
}

/** What nodemailer says of a message that was accepted, for some of its recipients at least. */
export type SentInfo = { response?: string; rejectedErrors?: SmtpError[] }

/** The outcome of a message that was accepted, with the recipients that the server refused. */
export function acceptedOutcome({ response = '', rejectedErrors = [] }: SentInfo): SmtpOutcome {
  const refused = rejectedErrors.map(({ recipient = '', responseCode = 550, response = '' }) => ({
    address: recipient,
    code: responseCode,
    response: plain(response),
  }))
  return { kind: 'accepted', response: plain(response), ...(refused.length > 0 ? { refused } : {}) }
}

/** Logger of nodemailer's transaction log, which is how a connection follows its phase. */
export function followTransactions(on: {
  client(line: string): void
  server(line: string): void
  handedOver(): void
}): boolean {
  const ignore = () => undefined
  const debug = ({ tnx }: { tnx?: string }, line: unknown) => {
    if (tnx === 'client') on.client(String(line))
    else if (tnx === 'server') on.server(String(line))
  }
  const info = ({ tnx }: { tnx?: string }) => {
    if (tnx === 'message') on.handedOver()
  }
  return { level: ignore, trace: ignore, info, warn: ignore, error: ignore, fatal: ignore, debug } as unknown as boolean
}

/**
 * The replies to RCPT, one a recipient. A transaction is refused there where all are: `take` is null while some are outstanding,
 * then whether the server took any.
 */
export function createRecipientReplies(recipients: number) {
  let [outstanding, tookAny] = [recipients, false]
  return {
    /** Replies of a whole transaction, which may come in one packet: those to MAIL, each RCPT, DATA and the message. */
    replies: recipients + 3,
    take(isRefusal: boolean): boolean | null {
      outstanding--
      tookAny ||= !isRefusal
      return outstanding > 0 ? null : tookAny
    },
  }
}

/**
 * The refusal in an error; null where there is none. `refusal`: the negative reply to the message, as it was read: nodemailer's own
 * error may hide it.
 */
export function refusalIn(error: SmtpError, phase: SmtpPhase, refusal: string | undefined): SmtpOutcome | null {
  const { responseCode, response } = error
  if (responseCode && response)
    return { kind: 'refused', phase: phaseOf(error, phase), code: responseCode, response: plain(response) }
  const without = refusedWithoutAnswer(error)
  if (without) return { kind: 'refused', ...without, response: `${without.code} ${plain(error.message)}` }
  if (phase !== 'body' || !refusal) return null
  return { kind: 'refused', phase, code: Number(refusal.slice(0, 3)), response: plain(refusal) }
}

/** nodemailer reports a refused recipient only with the reply to DATA: the command shows which it was; else it is `phase`. */
function phaseOf({ command, code }: SmtpError, phase: SmtpPhase): SmtpPhase {
  if (command === 'MAIL FROM') return 'mail'
  if (command === 'RCPT TO') return 'rcpt'
  if (command === 'DATA') return code === 'EMESSAGE' ? 'body' : 'data'
  return phase
}

// After 354, or 250 from some servers, in reply to DATA a lost connection may hide an acceptance.
export const AFTER_YES = {
  connect: 'connect',
  auth: 'auth',
  mail: 'rcpt',
  rcpt: 'data',
  data: 'body',
  body: 'body',
} as const

// nodemailer reads one reply a turn of the event loop.
export function afterTurns(turns: number, then: () => void): void {
  if (turns === 0) then()
  else setImmediate(() => afterTurns(turns - 1, then))
}

/** Maps a refusal that nodemailer makes in the server's place to the reply that the server would have given. */
function refusedWithoutAnswer({ code, message }: SmtpError): { phase: SmtpPhase; code: number } | null {
  // A login that could not even be tried, for want of a password or a method, is a refused one.
  if (code === 'EAUTH' || code === 'EOAUTH2') return { phase: 'auth', code: 535 }
  if (code === 'EENVELOPE') return { phase: /sender/i.test(message) ? 'mail' : 'rcpt', code: 553 }
  return null
}

// PostgreSQL stores no NUL, and one in a reply must not keep it from being recorded.
export const plain = (text: string) => text.replaceAll('\0', '')
