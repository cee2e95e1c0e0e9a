import { Client } from 'pg'
import { Problem } from '../problem'
import { startEmbeddedPostgres } from './embedded-postgres'

export type OpenDatabase = { url: string; stop(): Promise<void> }

const DATABASE = 'leadnexconnect'
const OLDEST_VERSION = 18

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
  let server = await startEmbeddedPostgres(options)
  let stopping = false
  const watch = () =>
    server.ended.then(async () => {
      if (stopping) return
      options.log('ended unexpectedly; starting it again')
      server = await startEmbeddedPostgres(options)
      watch()
    })
  watch().catch((error) => options.log(`cannot be started again: ${error.message}`))
  await server.ensureDatabase(DATABASE)
  options.log(`PostgreSQL on 127.0.0.1:${server.port}`)
  return {
    url: server.urlOf(DATABASE),
    stop: async () => {
      stopping = true
      await server.stop()
    },
  }
}

/** Throws a Problem, without the password, when the database cannot be reached or is too old. */
export async function requireDatabase(databaseUrl: string): Promise<void> {
  const where = placeOf(databaseUrl)
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  let version: number
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version_num') AS version")
    version = Math.floor(Number(rows[0]?.version) / 10_000)
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    throw new Problem(
      `The database of DATABASE_URL (${where}) cannot be reached: ${message || code}. Nothing was started or changed. ` +
        'Start that server or correct DATABASE_URL; without DATABASE_URL the app brings its own PostgreSQL.',
    )
  } finally {
    await client.end().catch(() => undefined)
  }
  if (version >= OLDEST_VERSION) return
  throw new Problem(
    `The database of DATABASE_URL (${where}) is PostgreSQL ${version}; ${OLDEST_VERSION} or newer is needed. ` +
      'Nothing was started or changed.',
  )
}

function placeOf(databaseUrl: string): string {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined
  if (url && /^postgres(ql)?:$/.test(url.protocol)) return `${url.hostname}:${url.port || 5432}${url.pathname}`
  throw new Problem(
    'DATABASE_URL is not an address of the form postgresql://user:password@host:5432/database. Nothing was started. ' +
      'Correct it; without DATABASE_URL the app brings its own PostgreSQL.',
  )
}
