import { type Mailer, SMTP_DEADLINE_MS, type SmtpAccount } from './mailer'
import { SmtpPool } from './smtp-pool'

/** Sends over pooled connections, one pool an account. `patienceMs`: how long an email waits for a connection that is in use. */
export function createSmtpMailer({
  deadlineMs = SMTP_DEADLINE_MS,
  patienceMs,
}: {
  deadlineMs?: number
  patienceMs?: number
} = {}): Mailer {
  const pools = new Map<string, SmtpPool>()
  const poolOf = (account: SmtpAccount) => {
    // A token that was renewed opens no further pool: those who have signed in stay so.
    const { accessToken: _, ...lasting } = account
    const key = JSON.stringify(lasting)
    let pool = pools.get(key)
    if (!pool) {
      pool = new SmtpPool(account, deadlineMs, patienceMs)
      pools.set(key, pool)
    }
    pool.signInWith(account)
    return pool
  }
  return {
    deadlineMs,
    ready: (account, wanted, soonFree) => poolOf(account).ready(wanted, soonFree),
    send: (account, mail, hooks) => poolOf(account).send(mail, hooks),
    release: (account) => poolOf(account).release(),
    close: () => {
      for (const pool of pools.values()) pool.close()
      pools.clear()
    },
  }
}
