import type { Socket } from 'node:net'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { SmtpOutcome, SmtpPhase } from '@/domain/delivery/outcome'
import { loginRefusal, NO_OFFERS, type Offers, offersOf, proofOf } from './login-offers'
import { ANSWER_SHARE, type OutgoingMail, type SmtpAccount, type SmtpHooks } from './mailer'
import { openSocket } from './open-socket'
import {
  AFTER_YES,
  acceptedOutcome,
  afterTurns,
  createRecipientReplies,
  followTransactions,
  plain,
  refusalIn,
  type SentInfo,
  type SmtpError,
} from './smtp-replies'

const CONNECT_TIMEOUT_MS = 30_000
// Each step ends at its deadline, by our own clock; the socket's silence must never end it sooner.
const SOCKET_TIMEOUT_SLACK_MS = 5_000

/**
 * One logged-in SMTP connection. It knows its phase, which nodemailer's errors do not distinguish: by the replies that
 * came, not by the commands that went, since a server with PIPELINING is sent MAIL, RCPT and DATA at once.
 */
export class SmtpConnection {
  private phase: SmtpPhase = 'connect'
  private begun: (() => void) | undefined
  private readonly connection: SMTPConnection
  /** Ends the transaction under way, if any. */
  private fail: ((error: Error) => void) | undefined
  /** When the step under way is over, done or not, and how long it was given. */
  private endsBy = 0
  private givenMs = 0
  private timer: NodeJS.Timeout | undefined
  /** The message is on its way as a whole: nothing is left but the server's answer. */
  private handedOver = false
  private deliveries = 0
  private needsReset = false
  private refused = false
  private recipients = createRecipientReplies(1)
  /** The negative reply to the message, as it was read. */
  private refusal: string | undefined
  /** RCPT was sent along with MAIL, before the reply to it. */
  private sentAhead = false
  private tooLate = false
  /** What the server's last reply to EHLO offered. */
  private offers: Offers = NO_OFFERS
  closed = false

  private constructor(
    account: SmtpAccount,
    private readonly socket: Socket,
    private readonly deadlineMs: number,
    private readonly onClose: (self: SmtpConnection) => void,
  ) {
    this.connection = new SMTPConnection({
      connection: socket,
      host: account.host,
      port: account.port,
      secure: account.security === 'tls',
      requireTLS: account.security === 'starttls',
      ignoreTLS: account.security === 'none',
      connectionTimeout: CONNECT_TIMEOUT_MS,
      greetingTimeout: CONNECT_TIMEOUT_MS,
      name: account.greetingName,
      socketTimeout: deadlineMs * ANSWER_SHARE + SOCKET_TIMEOUT_SLACK_MS,
      // The transaction log is how we follow the phase; it holds no message content and masks credentials.
      transactionLog: true,
      logger: followTransactions({
        client: (line) => this.onClientLine(line),
        server: (line) => this.onServerLine(line),
        handedOver: () => this.onHandedOver(),
      }),
    })
    const ended = (error?: Error) => {
      this.closed = true
      const { fail } = this
      fail?.(error ?? new Error('The server closed the connection'))
      this.onClose(this)
    }
    this.connection.on('error', ended)
    this.connection.on('end', () => ended())
  }

  /** Connects, to an address that was looked at, and logs in. Each of its steps ends within `deadlineMs`. */
  static async open(
    account: SmtpAccount,
    deadlineMs: number,
    onClose: (connection: SmtpConnection) => void,
  ): Promise<SmtpConnection | { failure: SmtpOutcome }> {
    const socket = await openSocket(account, Math.min(CONNECT_TIMEOUT_MS, deadlineMs)).catch((error: Error) => error)
    if (socket instanceof Error) return { failure: { kind: 'broken', phase: 'connect', error: plain(socket.message) } }
    const self = new SmtpConnection(account, socket, deadlineMs, onClose)
    try {
      await self.step((done) => self.connection.connect(done))
      const { user } = account
      if (user) {
        self.phase = 'auth'
        const refusal = loginRefusal({ address: self.socket.remoteAddress, security: account.security }, self.offers)
        if (refusal) {
          self.quit()
          return { failure: { kind: 'refused', phase: 'auth', ...refusal } }
        }
        await self.step((done) => self.connection.login(proofOf({ ...account, user }), done))
      }
      return self
    } catch (error) {
      const failure = self.outcomeOf(error as SmtpError)
      self.close()
      return { failure }
    }
  }

  /** True once a mail went through: a break on such a connection may only mean that it had idled too long. */
  get used(): boolean {
    return this.deliveries > 0
  }

  /** One transaction, from MAIL FROM to the reply to the message. `recycle` before the next. */
  async send(mail: OutgoingMail, hooks: SmtpHooks | undefined): Promise<SmtpOutcome> {
    if (hooks && !hooks.mayBegin()) return { kind: 'not_begun' }
    const { maxBytes } = this.offers
    const size = mail.raw.length
    if (maxBytes !== null && size > maxBytes) return { kind: 'too_large', limit: maxBytes }
    this.phase = 'mail'
    this.begun = hooks?.onBegun
    const { from, to: first, further = [] } = mail.envelope
    const to = [first, ...further]
    this.recipients = createRecipientReplies(to.length)
    try {
      const info = await this.step<SentInfo>((done) =>
        this.connection.send({ from, to, size }, mail.raw, (error, sent) => done(error, sent as SentInfo)),
      )
      this.deliveries++
      return acceptedOutcome(info ?? {})
    } catch (error) {
      const outcome = this.outcomeOf(error as SmtpError)
      this.needsReset = outcome.kind === 'refused' && !this.closed && outcome.code !== 421
      if (!this.needsReset) this.close()
      return outcome
    } finally {
      this.begun = undefined
    }
  }

  close(): void {
    if (!this.closed) this.connection.close()
    this.closed = true
  }

  quit(): void {
    if (!this.closed) this.connection.quit()
    this.closed = true
  }

  /** Makes the connection fit for the next transaction, or closes it. The outcome of the last one need not wait for it. */
  async recycle(): Promise<void> {
    if (!this.needsReset || this.closed) return
    this.needsReset = false
    try {
      await this.step((done) => this.connection.reset(done))
    } catch {
      this.close()
    }
  }

  /** Runs one nodemailer call to its callback, its connection's end, or its deadline, whichever comes first. */
  private step<T>(call: (done: (error?: Error | null, value?: T) => void) => void): Promise<T | undefined> {
    this.handedOver = false
    this.giveTime(this.deadlineMs)
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(this.timer)
        this.fail = undefined
        settle()
      }
      // nodemailer tells that the connection ended before it hands over the replies that came with its end: they go
      // first, or a clear refusal would count as a lost connection.
      const end = (error: SmtpError) =>
        error.responseCode
          ? finish(() => reject(error))
          : afterTurns(this.recipients.replies, () => finish(() => reject(error)))
      this.fail = end
      call((error, value) => (error ? end(error) : finish(() => resolve(value))))
    })
  }

  /** Gives the step under way so much time from now on. */
  private giveTime(ms: number): void {
    clearTimeout(this.timer)
    this.givenMs = ms
    this.endsBy = performance.now() + ms
    this.timer = setTimeout(() => this.endTooLate(), ms)
  }

  private outcomeOf(error: SmtpError): SmtpOutcome {
    const refused = refusalIn(error, this.phase, this.refusal)
    if (refused) return refused
    const unanswered = this.tooLate && this.phase === 'mail' && this.sentAhead
    return { kind: 'broken', phase: this.phase, error: plain(error.message), ...(unanswered ? { unanswered } : {}) }
  }

  private onClientLine(line: string): void {
    if (line.startsWith('EHLO')) this.offers = NO_OFFERS
    if (line.startsWith('RCPT TO:') && this.phase === 'mail') this.sentAhead = true
    if (!line.startsWith('MAIL FROM:')) return
    this.phase = 'mail'
    this.sentAhead = false
    this.refused = false
    this.refusal = undefined
  }

  private onServerLine(line: string): void {
    if (this.phase === 'connect' && line.startsWith('250')) this.offers = offersOf(line)
    // The transaction ends where the first command is refused, even if the replies to those sent along are positive.
    const isRefusal = /^[45]\d\d[ -]/.test(line)
    if (isRefusal && this.phase === 'body') this.refusal = line
    // Of several recipients some may be refused: the others' replies decide.
    const tookAny = this.phase === 'rcpt' && !this.refused ? this.recipients.take(isRefusal) : !isRefusal
    if (tookAny === null && !line.startsWith('421')) return
    this.refused ||= !tookAny
    // Closing, the server has not let this transaction begin; a fresh connection may.
    if (line.startsWith('421')) return
    if (this.phase === 'data' && performance.now() > this.endsBy) this.endTooLate()
    else if (!this.refused) this.phase = AFTER_YES[this.phase]
    this.begun?.()
    this.begun = undefined
  }

  /** Servers look into a message before they answer, and whoever gives up earlier does not know whether it arrived. */
  private onHandedOver(): void {
    if (!this.fail || this.phase !== 'body') return
    this.handedOver = true
    this.giveTime(this.deadlineMs * ANSWER_SHARE)
  }

  /**
   * A process that was frozen reads the reply to DATA before its timers run, maybe long after the mail's lease: another
   * worker may have sent it since. Nothing has been handed over yet, so nothing is.
   */
  private endTooLate(): void {
    this.tooLate = true
    const seconds = this.givenMs / 1000
    this.fail?.(new Error(this.handedOver ? `waited for ${seconds} s` : `No end after ${seconds} s`))
    this.close()
  }
}
