import { Client } from 'pg'
import { Problem } from '../problem'
import { superviseEmbeddedPostgres } from './supervised-postgres'

export type OpenDatabase = { url: string; stop(): Promise<void> }

const DATABASE = 'leadnexconnect'
// Ids are made by uuidv7(), and statements read the row before their own change (RETURNING old): both came with 18.
const OLDEST_VERSION = 18
const PATIENCE_MS = 10_000
const OWN_DATABASE = '"npm start" brings its own PostgreSQL'

/** The database of DATABASE_URL, proven to be reachable, or else PostgreSQL started in the data folder. */
export async function openDatabase(options: {
  databaseUrl: string | undefined
  dataDir: string
  log(line: string): void
}): Promise<OpenDatabase> {
  if (options.databaseUrl) {
    await requireDatabase(options.databaseUrl)
    return { url: options.databaseUrl, stop: async () => undefined }
  }
  const { dataDir, log } = options
  const server = await superviseEmbeddedPostgres({ dataDir, log })
  await server.ensureDatabase(DATABASE)
  options.log(`PostgreSQL on 127.0.0.1:${server.port}`)
  return { url: server.urlOf(DATABASE), stop: server.stop }
}

/** Throws a Problem, without the password, when the database cannot be reached or is too old. Changes nothing. */
export async function requireDatabase(databaseUrl: string): Promise<void> {
  const url = readAddress(databaseUrl)
  const where = placeOf(url)
  const version = await readVersion(databaseUrl).catch((error: unknown) => {
    const { reason, remedy } = refusalOf(error, url)
    throw new Problem(
      `The database of DATABASE_URL (${where}) cannot be reached: ${reason}. Nothing was started or changed. ${remedy}`,
    )
  })
  if (version >= OLDEST_VERSION) return
  throw new Problem(
    `The database of DATABASE_URL (${where}) is PostgreSQL ${version}; ${OLDEST_VERSION} or newer is needed. Nothing was ` +
      `started or changed. Upgrade that server (pg_upgrade), or leave DATABASE_URL out: ${OWN_DATABASE}.`,
  )
}

/** The server's major version. */
async function readVersion(databaseUrl: string): Promise<number> {
  // Reads files that the address may name, so it throws as well.
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: PATIENCE_MS })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version_num') AS version")
    return Math.floor(Number(rows[0]?.version) / 10_000)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Why the server cannot be used, and what puts that right. */
function refusalOf(error: unknown, url: URL): { reason: string; remedy: string } {
  const { message, code = '' } = error as NodeJS.ErrnoException
  const user = decodeURIComponent(url.username) || 'postgres'
  const server = `-h ${url.hostname || 'localhost'} -p ${url.port || 5432}`
  const correct = 'Correct DATABASE_URL'
  if (code === '28P01' || /client password must be a string/.test(message)) {
    const reason = code ? message : `it asks for a password, and DATABASE_URL has none`
    const remedy = `${correct} (special characters percent-encoded), or set that password anew: psql ${server} -d postgres -c '\\password ${user}'.`
    return { reason, remedy }
  }
  if (code === '3D000') {
    const name = decodeURIComponent(url.pathname.slice(1)) || user
    return { reason: message, remedy: `Create it: createdb ${server} -U ${user} ${name}. Or correct DATABASE_URL.` }
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { reason: `no machine is known as ${url.hostname}`, remedy: `${correct}, or leave it out: ${OWN_DATABASE}.` }
  if (code === 'ECONNREFUSED' || /timeout/i.test(`${code} ${message}`)) {
    const reason = code === 'ECONNREFUSED' ? 'nothing listens there' : `no answer in ${PATIENCE_MS / 1000} s`
    const remedy = `Start that server ("pg_isready ${server}" shows when it is up), or correct DATABASE_URL; without it, ${OWN_DATABASE}.`
    return { reason, remedy }
  }
  return { reason: message || code, remedy: `${correct}, or let that server accept it.` }
}

function readAddress(databaseUrl: string): URL {
  const url = URL.parse(databaseUrl)
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return url
  throw new Problem(
    'DATABASE_URL is not an address of the form postgresql://user:password@host:5432/database. Nothing was started. ' +
      `Correct it; without it, ${OWN_DATABASE}.`,
  )
}

/** Where a database is, without user and password. */
export const placeOf = (url: URL) => `${url.hostname}:${url.port || 5432}${url.pathname}`
