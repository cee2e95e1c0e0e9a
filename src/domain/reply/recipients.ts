import { normaliseEmail } from '../lead/email'
import { MOST_RECIPIENTS } from './state'

export type Recipients = { to: string[]; cc: string[] }

/** Reads the addresses of a reply, each once, in stored spelling; otherwise returns the fault. */
export function readRecipients(
  to: readonly string[],
  cc: readonly string[],
): ({ ok: true } & Recipients) | { ok: false; field: 'to' | 'cc'; problem: string } {
  const seen = new Set<string>()
  const read: Recipients = { to: [], cc: [] }
  for (const [field, addresses] of [
    ['to', to],
    ['cc', cc],
  ] as const) {
    for (const address of addresses) {
      const result = normaliseEmail(address)
      if (!result.ok) return { ok: false, field, problem: result.problem }
      if (!seen.has(result.email)) read[field].push(result.email)
      seen.add(result.email)
    }
  }
  if (read.to.length === 0) return { ok: false, field: 'to', problem: 'Nobody is named: enter an address' }
  if (seen.size > MOST_RECIPIENTS)
    return { ok: false, field: 'to', problem: `${seen.size} addresses are too many: at most ${MOST_RECIPIENTS}` }
  return { ok: true, ...read }
}

/** Recipients of a reply that it has not reached, and that no server has refused for good. */
export const outstandingOf = (reply: {
  toEmails: readonly string[]
  ccEmails: readonly string[]
  takenEmails: readonly string[]
  refusedEmails: readonly string[]
}): string[] =>
  [...reply.toEmails, ...reply.ccEmails].filter(
    (email) => !reply.takenEmails.includes(email) && !reply.refusedEmails.includes(email),
  )
