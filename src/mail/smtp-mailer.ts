import type { SmtpOutcome } from '@/domain/delivery/outcome'
import { type Mailer, type OutgoingMail, SMTP_DEADLINE_MS, type SmtpAccount, type SmtpHooks } from './mailer'
import { SmtpConnection } from './smtp-connection'

// Servers commonly close after 100 mails or some minutes; idle connections are given back sooner.
const IDLE_MS = 20_000

/** Sends over pooled connections, one pool an account. */
export function createSmtpMailer({ deadlineMs = SMTP_DEADLINE_MS } = {}): Mailer {
  const pools = new Map<string, Pool>()
  const poolOf = (account: SmtpAccount) => {
    const key = JSON.stringify(account)
    let pool = pools.get(key)
    if (!pool) {
      pool = new Pool(account, deadlineMs)
      pools.set(key, pool)
    }
    return pool
  }
  return {
    deadlineMs,
    ready: (account, wanted) => poolOf(account).ready(wanted),
    send: (account, mail, hooks) => poolOf(account).send(mail, hooks),
    close: () => {
      for (const pool of pools.values()) pool.close()
      pools.clear()
    },
  }
}

class Pool {
  private readonly idle: { connection: SmtpConnection; timer: NodeJS.Timeout }[] = []
  private readonly open = new Set<SmtpConnection>()

  constructor(
    private readonly account: SmtpAccount,
    private readonly deadlineMs: number,
  ) {}

  async ready(wanted: number): Promise<{ connections: number } | { failure: SmtpOutcome }> {
    const missing = Math.min(wanted, this.account.maxConnections - this.open.size + this.idle.length) - this.idle.length
    if (missing > 0 && this.open.size === 0) {
      const first = await this.connect()
      if ('failure' in first) return first
      this.park(first)
    }
    const more = Math.min(wanted, this.account.maxConnections) - this.open.size
    const opened = await Promise.all(Array.from({ length: Math.max(0, more) }, () => this.connect()))
    for (const connection of opened) if (!('failure' in connection)) this.park(connection)
    if (this.idle.length > 0 || this.open.size > 0) return { connections: this.idle.length }
    const failed = opened.find((connection) => 'failure' in connection)
    return failed && 'failure' in failed ? failed : { connections: 0 }
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
      return await this.deliver(mail, once)
    } finally {
      once.onBegun()
    }
  }

  close(): void {
    for (const { timer } of this.idle) clearTimeout(timer)
    this.idle.length = 0
    for (const connection of this.open) connection.close()
    this.open.clear()
  }

  private async deliver(mail: OutgoingMail, hooks: SmtpHooks): Promise<SmtpOutcome> {
    const connection = this.take() ?? (await this.connect())
    if ('failure' in connection) return connection.failure
    const idled = connection.used
    const outcome = await connection.send(mail, hooks)
    this.giveBack(connection)
    if (idled && isClosedBeforeMail(outcome)) {
      const fresh = await this.connect()
      if ('failure' in fresh) return fresh.failure
      const again = await fresh.send(mail, hooks)
      this.giveBack(fresh)
      return again
    }
    return outcome
  }

  private async connect(): Promise<SmtpConnection | { failure: SmtpOutcome }> {
    const connection = await SmtpConnection.open(this.account, this.deadlineMs, (closed) => this.forget(closed))
    if (connection instanceof SmtpConnection && !connection.closed) this.open.add(connection)
    return connection
  }

  private giveBack(connection: SmtpConnection): void {
    void connection.recycle().then(() => {
      if (!connection.closed) this.park(connection)
    })
  }

  private take(): SmtpConnection | undefined {
    const entry = this.idle.pop()
    if (entry) clearTimeout(entry.timer)
    return entry?.connection
  }

  private park(connection: SmtpConnection): void {
    const timer = setTimeout(() => {
      this.forget(connection)
      connection.quit()
    }, IDLE_MS)
    timer.unref()
    this.idle.push({ connection, timer })
  }

  private forget(connection: SmtpConnection): void {
    this.open.delete(connection)
    const index = this.idle.findIndex((entry) => entry.connection === connection)
    const [entry] = index >= 0 ? this.idle.splice(index, 1) : []
    if (entry) clearTimeout(entry.timer)
  }
}

// A used connection that the server had closed, or closes now with 421, for having idled too long or carried its share of
// mails. Nothing was handed over, so a fresh connection may try once.
const isClosedBeforeMail = (outcome: SmtpOutcome) =>
  (outcome.kind === 'broken' && outcome.phase === 'mail' && !outcome.unanswered) ||
  (outcome.kind === 'refused' && outcome.phase === 'mail' && outcome.code === 421)
