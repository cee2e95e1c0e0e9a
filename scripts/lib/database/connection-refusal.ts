import { type DatabaseAddress, OWN_DATABASE } from './database-address'

/** Why a database cannot be used, in words that follow its name, and what puts that right. */
export type Refusal = { state: string; remedy: string }

/** How long a server may take to answer at first. */
export const PATIENCE_MS = 10_000

/** What the failure of a first connection means. */
export function connectionRefusal(error: unknown, address: DatabaseAddress): Refusal {
  const { reason, remedy } = reasonOf(error, address)
  return { state: `cannot be reached: ${reason}`, remedy }
}

function reasonOf(error: unknown, address: DatabaseAddress): { reason: string; remedy: string } {
  const { message, code = '' } = error as NodeJS.ErrnoException
  const { variable, server, user, database } = address
  const correct = `Correct ${variable}`
  if (code === '28P01' || /client password must be a string/.test(message)) {
    const reason = code ? message : `it asks for a password, and ${variable} has none`
    const remedy = `${correct} (special characters percent-encoded), or set that password anew: psql ${server} -d postgres -c '\\password ${user}'.`
    return { reason, remedy }
  }
  if (code === '3D000')
    return { reason: message, remedy: `Create it: createdb ${server} -U ${user} ${database}. Or correct ${variable}.` }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { reason: `no machine is known as ${address.host}`, remedy: `${correct}, or leave it out: ${OWN_DATABASE}.` }
  if (code === 'ECONNREFUSED' || /timeout/i.test(`${code} ${message}`)) {
    const reason = code === 'ECONNREFUSED' ? 'nothing listens there' : `no answer in ${PATIENCE_MS / 1000} s`
    const remedy = `Start that server ("pg_isready ${server}" shows when it is up), or correct ${variable}; without it, ${OWN_DATABASE}.`
    return { reason, remedy }
  }
  return { reason: message || code, remedy: `${correct}, or let that server accept it.` }
}
