import type { SmtpOutcome } from '@/domain/delivery/outcome'
import { createChanges } from '@/lib/changes'
import type { OutgoingMail, Ready, SmtpAccount, SmtpHooks } from './mailer'
import { SmtpConnection } from './smtp-connection'

// Servers commonly close after 100 mails or some minutes; idle connections are given back sooner.
const IDLE_MS = 20_000
// Emails need not wait for the last of the connections, nor long for one that is in use.
const PATIENCE_MS = 1_000
// Each opens at most as many as there are: a server that lets us open two refuses two, not eight.
const MOST_ROUNDS = 8

type Opened = SmtpConnection | { failure: SmtpOutcome }

/** The connections of one account. */
export class SmtpPool {
  private readonly idle: { connection: SmtpConnection; timer: NodeJS.Timeout }[] = []
  private readonly open = new Set<SmtpConnection>()
  private opening = 0
  private growing: Promise<SmtpOutcome | null> | null = null
  /** So many were open when a further one was refused; until it is told. */
  private limit: number | null = null
  private readonly changes = createChanges()
  /** Emails that wait for a connection, the first first. */
  private readonly waiting: ((connection: SmtpConnection | null) => void)[] = []
  /** Connections that went to one that waited. */
  private handedOver = 0
  private closed = false

  constructor(
    private account: SmtpAccount,
    private readonly deadlineMs: number,
    private readonly patienceMs: number = PATIENCE_MS,
  ) {}

  /** The same account, with the token that its next connections sign in with. */
  signInWith(account: SmtpAccount): void {
    this.account = account
  }

  async ready(wanted: number, soonFree = 0): Promise<Ready | { failure: SmtpOutcome }> {
    const most = Math.min(wanted, this.account.maxConnections)
    const failure = await this.growTo(most)
    if (this.open.size === 0) return { failure: failure ?? CLOSED_AT_ONCE }
    const { handedOver } = this
    const isHandedOver = () => this.handedOver > handedOver
    const isSettled = () => this.idle.length > 0 || this.open.size === 0 || isHandedOver()
    if (soonFree === 0) await this.changes.until(isSettled, this.patienceMs)
    const { limit } = this
    // Where they go from hand to hand none is ever free: whoever waits in line gets one.
    const inMoment = Math.max(soonFree, isHandedOver() ? 1 : 0)
    const connections = Math.min(most, this.open.size, this.idle.length + inMoment)
    if (limit === null || limit >= most) return { connections }
    this.limit = null
    return { connections, limit }
  }

  async send(mail: OutgoingMail, hooks?: SmtpHooks): Promise<SmtpOutcome> {
    let begun = false
    const once: SmtpHooks = {
      mayBegin: () => hooks?.mayBegin() ?? true,
      onBegun: () => {
        if (!begun) hooks?.onBegun()
        begun = true
      },
    }
    try {
      return await this.deliver(mail, once, hooks === undefined)
    } finally {
      once.onBegun()
    }
  }

  release(): void {
    for (const { connection, timer } of this.idle.splice(0)) {
      clearTimeout(timer)
      this.forget(connection)
      connection.quit()
    }
  }

  close(): void {
    this.closed = true
    for (const { timer } of this.idle) clearTimeout(timer)
    this.idle.length = 0
    for (const connection of this.open) connection.close()
    this.open.clear()
    this.noteChange()
  }

  /** Waits until so many are open, or a moment once one is free. Returns why not, where that is known by then. */
  private async growTo(most: number): Promise<SmtpOutcome | null> {
    // What was measured beside other connections is over with them.
    if (this.open.size === 0) this.limit = null
    if (this.open.size >= most || (this.limit !== null && this.limit < most)) return null
    let failure: SmtpOutcome | null | undefined
    this.growing ??= this.grow(most).finally(() => {
      this.growing = null
    })
    void this.growing.then((reason) => {
      failure = reason
      this.changes.note()
    })
    const hasGrown = () => failure !== undefined
    await this.changes.until(() => hasGrown() || this.idle.length > 0)
    await this.changes.until(hasGrown, this.patienceMs)
    return failure ?? null
  }

  private async grow(most: number): Promise<SmtpOutcome | null> {
    for (let round = 0; round < MOST_ROUNDS && this.open.size < most; round++) {
      const more = Math.min(most - this.open.size, Math.max(1, this.open.size))
      const failures = await Promise.all(Array.from({ length: more }, () => this.openOne()))
      const failure = failures.find((reason) => reason !== null)
      if (!failure) continue
      if (this.open.size > 0) this.limit = this.open.size
      return failure
    }
    return null
  }

  private async openOne(): Promise<SmtpOutcome | null> {
    const opened = await this.connect()
    if ('failure' in opened) return opened.failure
    this.park(opened)
    return null
  }

  private async deliver(mail: OutgoingMail, hooks: SmtpHooks, mayOpen: boolean): Promise<SmtpOutcome> {
    const connection = await this.acquire(mayOpen)
    if ('failure' in connection) return connection.failure
    const idled = connection.used
    const outcome = await connection.send(mail, hooks)
    this.giveBack(connection)
    if (!idled || !isClosedBeforeMail(outcome)) return outcome
    const fresh = await this.connectFurther()
    if ('failure' in fresh) return fresh.failure
    const again = await fresh.send(mail, hooks)
    this.giveBack(fresh)
    return again
  }

  /**
   * A free connection, or the next that comes free; a fresh one where there is none at all. Beside others one is opened only where
   * that `mayOpen`: campaigns know by `ready` what the server lets them have.
   */
  private async acquire(mayOpen: boolean): Promise<Opened> {
    const free = this.take() ?? (this.isNone() ? null : await this.untilParked())
    if (free) return free
    const isRoom = this.open.size + this.opening < this.account.maxConnections
    return this.isNone() || (mayOpen && isRoom) ? this.connectFurther() : NOT_BEGUN
  }

  private isNone(): boolean {
    return this.open.size + this.opening === 0
  }

  /** The next connection that comes free, for the email that waits longest; null after a moment, or once none is left. */
  private async untilParked(): Promise<SmtpConnection | null> {
    const { promise, resolve } = Promise.withResolvers<SmtpConnection | null>()
    const patience = setTimeout(() => {
      const place = this.waiting.indexOf(resolve)
      if (place >= 0) this.waiting.splice(place, 1)
      resolve(null)
    }, this.patienceMs)
    this.waiting.push(resolve)
    const connection = await promise
    clearTimeout(patience)
    return connection
  }

  private noteChange(): void {
    if (this.isNone()) for (const resolve of this.waiting.splice(0)) resolve(null)
    this.changes.note()
  }

  /** A fresh connection. One that is refused while others work is no failure: the email may leave over those later. */
  private async connectFurther(): Promise<Opened> {
    const opened = await this.connect()
    return 'failure' in opened && this.open.size > 0 ? NOT_BEGUN : opened
  }

  private async connect(): Promise<Opened> {
    this.opening++
    const opened = await SmtpConnection.open(this.account, this.deadlineMs, (closed) => this.forget(closed))
    this.opening--
    if (opened instanceof SmtpConnection) {
      if (this.closed) opened.close()
      if (!opened.closed) this.open.add(opened)
    }
    this.noteChange()
    return opened
  }

  /** Parks the connection once it is fit for the next email, which the outcome of the last need not wait for. */
  private giveBack(connection: SmtpConnection): void {
    void connection.recycle().then(() => (connection.closed ? this.forget(connection) : this.park(connection)))
  }

  private take(): SmtpConnection | undefined {
    const entry = this.idle.pop()
    if (entry) clearTimeout(entry.timer)
    return entry?.connection
  }

  private park(connection: SmtpConnection): void {
    if (!this.open.has(connection)) return
    const next = this.waiting.shift()
    if (next) {
      this.handedOver++
      next(connection)
      this.changes.note()
      return
    }
    const timer = setTimeout(() => {
      this.forget(connection)
      connection.quit()
    }, IDLE_MS)
    timer.unref()
    this.idle.push({ connection, timer })
    this.changes.note()
  }

  private forget(connection: SmtpConnection): void {
    this.open.delete(connection)
    const index = this.idle.findIndex((entry) => entry.connection === connection)
    const [entry] = index >= 0 ? this.idle.splice(index, 1) : []
    if (entry) clearTimeout(entry.timer)
    this.noteChange()
  }
}

const CLOSED_AT_ONCE: SmtpOutcome = { kind: 'broken', phase: 'connect', error: 'The server closed the connection' }
const NOT_BEGUN = { failure: { kind: 'not_begun' } } as const satisfies Opened

// A used connection that the server had closed, or closes now with 421, for having idled too long or carried its share of
// mails. Nothing was handed over, so a fresh connection may try once.
const isClosedBeforeMail = (outcome: SmtpOutcome) =>
  (outcome.kind === 'broken' && outcome.phase === 'mail' && !outcome.unanswered) ||
  (outcome.kind === 'refused' && outcome.phase === 'mail' && outcome.code === 421)
