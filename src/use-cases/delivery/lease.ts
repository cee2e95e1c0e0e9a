import { renewLeasesIf } from '@/db/queries/delivery/renew-leases'
import { GATE_TIMEOUT_MS } from '@/db/send-gate'
import type { Deps } from '@/deps'

type Timing = { mailer: Pick<Deps['mailer'], 'deadlineMs'> }

/**
 * Milliseconds that a claimed email may stay `sending` without a sign of life: until its message is handed over at the
 * latest, and half as long again, for beginning its SMTP transaction and for recording its result; shorter, an email on the
 * wire would be taken for lost.
 */
export const leaseMs = ({ mailer }: Timing): number => mailer.deadlineMs * 1.5

/**
 * Milliseconds that a sender may hold the send gate. It begins nothing after half of it, so its last transaction ends
 * in its lease.
 */
export const gateMs = ({ mailer }: Timing): number => Math.min(GATE_TIMEOUT_MS, mailer.deadlineMs)

/**
 * Renews the leases of emails, or of what `renewIf` renews, whose results are outstanding, by their fencing tokens, as long as this
 * process lives. To be called every `deadlineMs`: those whose server is slow to answer are few, and a dead worker is found as soon as ever.
 */
export async function renewLeases(
  deps: Deps,
  emails: ReadonlyMap<string, number>,
  renewIf: typeof renewLeasesIf = renewLeasesIf,
): Promise<void> {
  const { sql, clock, log } = deps
  const leaseUntil = new Date(clock.realNow().getTime() + leaseMs(deps))
  const claimed = [...emails].map(([id, claim]) => ({ id, claim }))
  try {
    await renewIf(sql, { emails: claimed, leaseUntil, now: clock.now() })
  } catch (error) {
    // Held meanwhile, they still take their results.
    log.warn({ err: error }, 'leases could not be renewed')
  }
}

// How long the gate waits for servers that are slow to answer MAIL FROM.
const BEGIN_PATIENCE_MS = 5_000

/** Waits until SMTP transactions have begun, which is when the gate may be left; not for ever for a server that is slow. */
export async function untilBegun(begun: readonly Promise<unknown>[]): Promise<void> {
  const { promise: patience, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, BEGIN_PATIENCE_MS)
  await Promise.race([Promise.all(begun), patience])
  clearTimeout(timer)
}
