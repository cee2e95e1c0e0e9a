import { Client } from 'pg'
import { QUEUE_SCHEMA } from '../../../src/queue/queue-schema'
import { Problem } from '../problem'
import type { DatabaseCheck } from './checks/check'
import { pooler, poolerOfPages, sameDatabase } from './checks/pooler'
import { isStandby } from './checks/server'
import { connectionRefusal, PATIENCE_MS } from './connection-refusal'
import { type DatabaseAddress, readAddress } from './database-address'
import { type Checked, DATABASE_CHECKS, runChecks } from './database-checks'
import { superviseEmbeddedPostgres } from './supervised-postgres'

/** The database that a person brings, and where the queue in it is. */
export type GivenDatabase = {
  databaseUrl: string
  directUrl?: string | undefined
  replicaUrl?: string | undefined
  queueSchema?: string | undefined
}

/** `directUrl`: for what a session must last for. The same, but for a pooler that lends sessions by transaction. */
export type OpenDatabase = { url: string; directUrl: string; stop(): Promise<void> }

const DATABASE = 'leadnexconnect'

/** The database of DATABASE_URL, proven to be reachable, or else PostgreSQL started in the data folder. */
export async function openDatabase(options: {
  databaseUrl: string | undefined
  directUrl?: string | undefined
  replicaUrl?: string | undefined
  queueSchema?: string
  dataDir: string
  log(line: string): void
}): Promise<OpenDatabase> {
  if (options.databaseUrl) {
    const { databaseUrl: url, directUrl = url, replicaUrl, queueSchema } = options
    await requireDatabase({ databaseUrl: url, directUrl, replicaUrl, queueSchema })
    return { url, directUrl, stop: async () => undefined }
  }
  const { dataDir, log } = options
  const server = await superviseEmbeddedPostgres({ dataDir, log })
  await server.ensureDatabase(DATABASE)
  options.log(`PostgreSQL on 127.0.0.1:${server.port}`)
  const url = server.urlOf(DATABASE)
  return { url, directUrl: url, stop: server.stop }
}

/**
 * Throws a Problem, without the password, when the database cannot be reached or used, with all that is to be put right.
 * Changes nothing. Every command that works with a database begins with it. A replica that is not there keeps nobody from starting.
 */
export async function requireDatabase(given: GivenDatabase): Promise<void> {
  for (const { address, checked } of await examineDatabase(given)) {
    const [first, ...further] = checked.flatMap(({ refusal }) => (refusal ? [refusal] : []))
    if (!first || (address.variable === 'DATABASE_REPLICA_URL' && checked[0]?.refusal)) continue
    const also = further.map(({ state, remedy }) => ` It also ${state}. ${remedy}`).join('')
    throw new Problem(
      `The database of ${address.variable} (${address.where}) ${first.state}. Nothing was started or changed. ${first.remedy}${also}`,
    )
  }
}

/** An address, and what each check says of the database there; the first is that it can be reached. */
export type ExaminedAddress = { address: DatabaseAddress; checked: Checked[] }

/**
 * What `requireDatabase` goes by, check by check. The address for pages comes second, that of a replica last, and neither where the direct
 * one cannot be used. Changes nothing. Throws a Problem where an address cannot be read.
 */
export async function examineDatabase(given: GivenDatabase): Promise<ExaminedAddress[]> {
  const { databaseUrl, directUrl = databaseUrl, replicaUrl, queueSchema } = given
  const pages = readAddress(databaseUrl)
  const direct = directUrl === databaseUrl ? pages : readAddress(directUrl, 'DIRECT_DATABASE_URL')
  const replica = replicaUrl === undefined ? null : readAddress(replicaUrl, 'DATABASE_REPLICA_URL')
  const first = await examineAddress(direct, { queueSchema })
  if (first.checked.some(({ refusal }) => refusal)) return [first]
  const examined = [first]
  if (direct !== pages)
    examined.push(await examineAddress(pages, { queueSchema, checks: [poolerOfPages, sameDatabase(direct)] }))
  if (replica)
    examined.push(await examineAddress(replica, { queueSchema, checks: [pooler, isStandby, sameDatabase(direct)] }))
  return examined
}

const REACHED = { fine: 'can be reached', hidesRest: true } as const

async function examineAddress(
  address: DatabaseAddress,
  options: { queueSchema?: string | undefined; checks?: readonly DatabaseCheck[] },
): Promise<ExaminedAddress> {
  const { queueSchema = QUEUE_SCHEMA, checks = DATABASE_CHECKS } = options
  const opened = await connect(address).catch((error: unknown) => connectionRefusal(error, address))
  if (!(opened instanceof Client)) return { address, checked: [{ ...REACHED, refusal: opened }] }
  try {
    const checked = await runChecks({ client: opened, address, queueSchema }, checks)
    return { address, checked: [{ ...REACHED, refusal: null }, ...checked] }
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
