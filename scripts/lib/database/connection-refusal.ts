import { type DatabaseAddress, identifier, OWN_DATABASE, psql } from './database-address'

/** Why a database cannot be used, in words that follow its name, and what puts that right. */
export type Refusal = { state: string; remedy: string }

/** How long a server may take to answer at first. */
export const PATIENCE_MS = 10_000

/** What the failure of a first connection means. */
export function connectionRefusal(error: unknown, address: DatabaseAddress): Refusal {
  const { reason, remedy } = reasonOf(error, address)
  return { state: `cannot be reached: ${reason}`, remedy }
}

type Reason = { reason: string; remedy: string }

function reasonOf(error: unknown, address: DatabaseAddress): Reason {
  const { message, code = '' } = error as NodeJS.ErrnoException
  return (
    ofLogin(code, message, address) ??
    ofNetwork(code, message, address) ??
    ofEncryption(error as NodeJS.ErrnoException, address) ?? {
      reason: message || code,
      remedy: `Correct ${address.variable}, or let that server accept it.`,
    }
  )
}

function ofLogin(code: string, message: string, address: DatabaseAddress): Reason | null {
  const { variable, server, user, database } = address
  if (code === '28P01' || /client password must be a string/.test(message)) {
    const reason = code ? message : `it asks for a password, and ${variable} has none`
    const remedy = `Correct ${variable} (special characters percent-encoded), or set that password anew: psql ${server} -d postgres -c '\\password ${user}'.`
    return { reason, remedy }
  }
  if (code === '3D000')
    return { reason: message, remedy: `Create it: createdb ${server} -U ${user} ${database}. Or correct ${variable}.` }
  if (code === '53300') {
    const remedy = `Let it have more (max_connections, ALTER ROLE ${user} CONNECTION LIMIT), or close some of others; docs/operations.md says how many are needed.`
    return { reason: message, remedy }
  }
  if (code === '57P03') return { reason: message, remedy: `Wait until it is up: "pg_isready ${server}" shows when.` }
  if (code === '42501') {
    const grant = psql(address, 'postgres', `GRANT CONNECT ON DATABASE ${identifier(database)} TO ${identifier(user)}`)
    return { reason: message, remedy: `Let it in, as the owner of the database: ${grant}.` }
  }
  // What a server says that takes encrypted connections alone, as most that are rented.
  if (code === '28000' && /no encryption/.test(message)) {
    const remedy =
      `Encrypt: sslmode=require in ${variable}, or sslmode=no-verify where no authority that is known here has signed its certificate. ` +
      'Where it does not encrypt at all, its pg_hba.conf needs a line for this machine.'
    return { reason: message, remedy }
  }
  const [, parameter] = /unsupported startup parameter: (\w+)/.exec(message) ?? []
  if (!parameter) return null
  const remedy = `Take it out of ${variable}, or let PgBouncer pass over it: ignore_startup_parameters = ${parameter}.`
  return { reason: `PgBouncer does not take the parameter ${parameter}`, remedy }
}

function ofNetwork(code: string, message: string, { variable, server, host }: DatabaseAddress): Reason | null {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const remedy = `Correct ${variable}, or leave it out: ${OWN_DATABASE}.`
    return { reason: `no machine is known as ${host}`, remedy }
  }
  if (code !== 'ECONNREFUSED' && !/timeout/i.test(`${code} ${message}`)) return null
  const reason = code === 'ECONNREFUSED' ? 'nothing listens there' : `no answer in ${PATIENCE_MS / 1000} s`
  const remedy = `Start that server ("pg_isready ${server}" shows when it is up), or correct ${variable}; without it, ${OWN_DATABASE}.`
  return { reason, remedy }
}

// What Node says of a certificate that no known authority has signed.
const UNKNOWN_SIGNER = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/

function ofEncryption({ message, code = '', path }: NodeJS.ErrnoException, address: DatabaseAddress): Reason | null {
  const { variable, url } = address
  // `sslmode=require` means more here than to PostgreSQL's own programs.
  const unverified = `To encrypt without a look at its certificate: sslmode=no-verify in ${variable}`
  if (path) {
    const [name = variable] = [...url.searchParams].find(([, value]) => value === path) ?? []
    return {
      reason: `the file ${path} of ${name} cannot be read (${code})`,
      remedy: `Put that file there, readable for this user, or correct ${name} in ${variable}.`,
    }
  }
  if (UNKNOWN_SIGNER.test(code)) {
    const remedy = `Name the file of that authority: sslrootcert=/path/to/ca.pem in ${variable}. ${unverified}.`
    return { reason: `no authority that is known here has signed its certificate (${message.split(';')[0]})`, remedy }
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return { reason: `its certificate is for another name (${message})`, remedy: `Use that name. ${unverified}.` }
  if (/does not support SSL/.test(message))
    return { reason: 'it does not encrypt', remedy: `Let it (ssl = on), or take sslmode out of ${variable}.` }
  return null
}
