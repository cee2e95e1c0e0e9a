import { Prisma } from '../generated/client'

// Any constant does, as long as nothing else in this database locks it.
const DIALOGUE_GATE = 7_263_401_955

/**
 * The dialogue gate orders two things that must never overlap: the beginning of SMTP dialogues, and a commit after
 * which none may begin (pause, stop, unsubscribe, suppression). Senders pass it together, shared, and hold it only
 * until their dialogues have begun; whoever forbids sending closes it, alone, until its transaction ends.
 * PostgreSQL queues waiters fairly, so a closing transaction waits for dialogues that are beginning, not for waves to come.
 *
 * Begins the transaction that holds the gate, in one trip; the server ends its session when it idles for `timeoutMs`.
 */
export const passDialogueGate = (timeoutMs: number): string =>
  `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${Math.ceil(timeoutMs)}; SELECT pg_advisory_xact_lock_shared(${DIALOGUE_GATE})`

/** First statement of a transaction after whose commit no dialogue may begin. Held until the transaction ends. */
export const closeDialogueGate = Prisma.sql`SELECT pg_advisory_xact_lock(${DIALOGUE_GATE}::bigint)::text`
