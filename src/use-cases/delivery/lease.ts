import { GATE_TIMEOUT_MS } from '@/db/send-gate'
import type { Deps } from '@/deps'

type Timing = { mailer: Pick<Deps['mailer'], 'deadlineMs'> }

/**
 * Milliseconds that a claimed email may stay `sending`: the longest SMTP transaction and half as long again, for
 * beginning it and for recording its result; shorter, an email on the wire would be taken for lost.
 */
export const leaseMs = ({ mailer }: Timing): number => mailer.deadlineMs * 1.5

/**
 * Milliseconds that a sender may hold the send gate. It begins nothing after half of it, so its last transaction ends
 * in its lease.
 */
export const gateMs = ({ mailer }: Timing): number => Math.min(GATE_TIMEOUT_MS, mailer.deadlineMs)
