import { Problem } from '../problem'

export const OWN_DATABASE = '"npm start" brings its own PostgreSQL'

/** Variables that hold the address of a database. */
export type AddressVariable = 'DATABASE_URL' | 'DIRECT_DATABASE_URL' | 'DATABASE_REPLICA_URL'

/** A database as its address names it, and the commands that a person types for it. Never holds the password in words. */
export type DatabaseAddress = {
  variable: AddressVariable
  href: string
  url: URL
  /** Host, port and database, without user and password. */
  where: string
  host: string
  user: string
  database: string
  /** Options of PostgreSQL's programs that lead to its server. */
  server: string
}

const FORM = 'postgresql://user:password@host:5432/database'

/** Reads an address. Throws a Problem, without its password, where it has another form or leaves out the database. */
export function readAddress(href: string, variable: AddressVariable = 'DATABASE_URL'): DatabaseAddress {
  const url = URL.parse(href)
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new Problem(
      `${variable} is not an address of the form ${FORM}. Nothing was started. ` +
        `Correct it${ENCODED.test(href) ? ` (${ENCODE})` : ''}; without it, ${OWN_DATABASE}.`,
    )
  }
  if (url.pathname.includes('@')) {
    throw new Problem(`${variable} has a "/" before its host. Nothing was started. Correct it (${ENCODE}).`)
  }
  if (url.hash) throw new Problem(`${variable} ends at the first "#". Nothing was started. Correct it (${ENCODE}).`)
  const { username, pathname, hostname } = decoded(url, variable)
  const named = pathname.slice(1)
  if (named === '') {
    const mistaken = ENCODED.test(href) ? ` (${ENCODE})` : ''
    throw new Problem(
      `${variable} names no database. Nothing was started. Write its name after the host, as in ${FORM}${mistaken}; without it, ${OWN_DATABASE}.`,
    )
  }
  const host = url.searchParams.get('host') ?? (hostname || 'localhost')
  const port = url.port || url.searchParams.get('port') || '5432'
  return {
    variable,
    href,
    url,
    where: `${host}:${port}/${named}`,
    host,
    user: username || url.searchParams.get('user') || 'postgres',
    database: named,
    server: `-h ${host} -p ${port}`,
  }
}

/** The parts of an address as they are meant. Throws a Problem where one has a "%" that stands for itself. */
function decoded({ username, password, pathname, hostname }: URL, variable: AddressVariable) {
  try {
    decodeURIComponent(password)
    return {
      username: decodeURIComponent(username),
      pathname: decodeURIComponent(pathname),
      hostname: decodeURIComponent(hostname),
    }
  } catch {
    throw new Problem(
      `${variable} has a "%" that stands for itself. Nothing was started. Correct it: it is written %25.`,
    )
  }
}

// Characters of a password that end the part of an address in which they stand.
const ENCODED = /^postgres(ql)?:\/\/[^@]*[/#?][^@]*@/
const ENCODE = 'in a password "/" is written %2F, "#" %23, "?" %3F and "@" %40'

/** The command that runs a statement there, as `user`. */
export function psql({ server, database }: DatabaseAddress, user: string, statement: string): string {
  const quoted = statement.includes("'") ? `"${statement.replaceAll('"', '\\"')}"` : `'${statement}'`
  return `psql ${server} -U ${user} -d ${database} -c ${quoted}`
}

/** A name as SQL has it: in quotes only where it needs them. */
export const identifier = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`)
