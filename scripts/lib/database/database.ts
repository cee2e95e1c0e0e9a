import { Client } from 'pg'
import { QUEUE_SCHEMA } from '../../../src/queue/queue-schema'
import { Problem } from '../problem'
import { connectionRefusal, PATIENCE_MS, type Refusal } from './connection-refusal'
import { type DatabaseAddress, readAddress } from './database-address'
import { findRefusals } from './database-checks'
import { superviseEmbeddedPostgres } from './supervised-postgres'

/** The database that a person brings, and where the queue in it is. */
export type GivenDatabase = { databaseUrl: string; queueSchema?: string }

export type OpenDatabase = { url: string; stop(): Promise<void> }

const DATABASE = 'leadnexconnect'

/** The database of DATABASE_URL, proven to be reachable, or else PostgreSQL started in the data folder. */
export async function openDatabase(options: {
  databaseUrl: string | undefined
  queueSchema?: string
  dataDir: string
  log(line: string): void
}): Promise<OpenDatabase> {
  if (options.databaseUrl) {
    await requireDatabase({ databaseUrl: options.databaseUrl, queueSchema: options.queueSchema })
    return { url: options.databaseUrl, stop: async () => undefined }
  }
  const { dataDir, log } = options
  const server = await superviseEmbeddedPostgres({ dataDir, log })
  await server.ensureDatabase(DATABASE)
  options.log(`PostgreSQL on 127.0.0.1:${server.port}`)
  return { url: server.urlOf(DATABASE), stop: server.stop }
}

/**
 * Throws a Problem, without the password, when the database cannot be reached or used, with all that is to be put right.
 * Changes nothing. Every command that works with a database begins with it.
 */
export async function requireDatabase({ databaseUrl, queueSchema = QUEUE_SCHEMA }: GivenDatabase): Promise<void> {
  const address = readAddress(databaseUrl)
  const [first, ...further] = await refusalsOf(address, queueSchema)
  if (!first) return
  const also = further.map(({ state, remedy }) => ` It also ${state}. ${remedy}`).join('')
  throw new Problem(
    `The database of ${address.variable} (${address.where}) ${first.state}. Nothing was started or changed. ${first.remedy}${also}`,
  )
}

async function refusalsOf(address: DatabaseAddress, queueSchema: string): Promise<Refusal[]> {
  const opened = await connect(address).catch((error: unknown) => connectionRefusal(error, address))
  if (!(opened instanceof Client)) return [opened]
  try {
    return await findRefusals({ client: opened, address, queueSchema })
  } finally {
    await opened.end().catch(() => undefined)
  }
}

async function connect({ href }: DatabaseAddress): Promise<Client> {
  // Reads files that the address may name, so it throws as well.
  const client = new Client({ connectionString: href, connectionTimeoutMillis: PATIENCE_MS })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}
