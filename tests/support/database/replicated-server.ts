import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client, type QueryResultRow } from 'pg'
import { type PostgresServer, startEmbeddedPostgres } from '../../../scripts/lib/database/embedded-postgres'
import { saveAccess } from '../../../scripts/lib/database/postgres-cluster'
import { freePort } from '../../../scripts/lib/ports'
import { childrenOf } from '../processes-of'
import { eventually } from '../worker-process'
import { createShortLivedFolder } from './short-lived-folder'

// What was committed survives a kill of every process; only the machine may not fail. Whoever follows finds the log from any backup on.
const SETTINGS = {
  fsync: 'off',
  max_connections: '300',
  wal_keep_size: '1GB',
  max_wal_size: '256MB',
  wal_sender_timeout: '5s',
  wal_receiver_timeout: '5s',
  wal_retrieve_retry_interval: '200ms',
  hot_standby_feedback: 'on',
}

/** A PostgreSQL that others may follow, or that follows another: a process of its own, in a folder that goes with it. */
export type ReplicatedServer = {
  readonly port: number
  /** Its files. */
  readonly folder: string
  /** Address of a database there, password included. */
  urlOf(database: string): string
  /** Runs a statement as the owner of the server, on a connection of its own. */
  ask<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  /** kill -9 of all of its processes at once, as when its machine loses its power. */
  kill(): Promise<void>
  /** All of its processes stand still: it answers nobody, and ends no connection. */
  freeze(): void
  thaw(): void
  /** Starts it again after a kill, on the same port. */
  start(): Promise<void>
  /** Ends it, in whatever state it is, and removes its folder. */
  remove(): Promise<void>
}

/** A server that follows nobody. */
export async function startPrimary(): Promise<ReplicatedServer> {
  return startIn(createShortLivedFolder(), {})
}

/** A server that follows `primary` under this name, from a copy of its files on: what pg_basebackup does, for which no program is needed. */
export async function startStandby(primary: ReplicatedServer, name: string): Promise<ReplicatedServer> {
  const dataDir = createShortLivedFolder()
  const cluster = join(dataDir, 'postgres')
  mkdirSync(cluster, { recursive: true, mode: 0o700 })
  const client = await connected(primary.urlOf('postgres'))
  try {
    // Both belong to one session.
    await client.query('SELECT pg_backup_start($1, fast => true)', [name])
    await copyRunning(primary.folder, cluster)
    const { rows } = await client.query('SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)')
    writeFileSync(join(cluster, 'backup_label'), rows[0]?.labelfile)
  } finally {
    await client.end()
  }
  writeFileSync(join(cluster, 'standby.signal'), '')
  const { username, password } = new URL(primary.urlOf('postgres'))
  saveAccess(dataDir, { port: await freePort(), password })
  const follows = `host=127.0.0.1 port=${primary.port} user=${username} password=${password} application_name=${name}`
  return startIn(dataDir, { primary_conninfo: follows })
}

/** Makes a standby take changes; resolves once it does. */
export async function promote(standby: ReplicatedServer): Promise<void> {
  await standby.ask('SELECT pg_promote(wait => true, wait_seconds => 60)')
  await eventually(
    async () => (await standby.ask<{ away: boolean }>('SELECT pg_is_in_recovery() AS away'))[0]?.away === false,
    'the standby takes changes',
  )
}

/** From here on each commit of `primary` is acknowledged once `name` has it, or, with null, without anybody. Resolves when that is so. */
export async function waitForStandby(primary: ReplicatedServer, name: string | null): Promise<void> {
  await primary.ask(`ALTER SYSTEM SET synchronous_standby_names = '${name ?? ''}'`)
  await primary.ask('SELECT pg_reload_conf()')
  if (name === null) return
  const [begun] = await primary.ask<{ at: string }>('SELECT pg_current_wal_insert_lsn()::text AS at')
  const isThere = async () =>
    (
      await primary.ask(
        "SELECT FROM pg_stat_replication WHERE application_name = $1 AND sync_state = 'sync' AND flush_lsn >= $2::pg_lsn",
        [name, begun?.at],
      )
    ).length === 1
  await eventually(isThere, `${name} has what was committed`)
}

async function startIn(dataDir: string, own: Record<string, string>): Promise<ReplicatedServer> {
  const settings = { ...SETTINGS, ...own }
  const run = (port?: number) =>
    startEmbeddedPostgres({ dataDir, throwaway: true, settings, port, log: () => undefined })
  let current: PostgresServer = await run()
  const { port, urlOf } = current
  let running = true
  const signalAll = (signal: NodeJS.Signals) => {
    for (const pid of running ? childrenOf(current.pid) : []) {
      try {
        process.kill(pid, signal)
      } catch {
        // Ended meanwhile.
      }
    }
  }
  const kill = async () => {
    signalAll('SIGKILL')
    running = false
    await current.ended
  }
  return {
    port,
    folder: join(dataDir, 'postgres'),
    urlOf,
    ask: async (text, values = []) => {
      const client = await connected(urlOf('postgres'))
      return client.query(text, values).then(
        ({ rows }) => client.end().then(() => rows),
        (error) => client.end().then(() => Promise.reject(error)),
      )
    },
    kill,
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    start: async () => {
      current = await run(port)
      running = true
    },
    remove: async () => {
      await kill()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** Files of a running server as they are read, one after the other; what they lack of each other is in the log. */
async function copyRunning(from: string, to: string): Promise<void> {
  const leftOut = ['postmaster.pid', 'postmaster.opts', 'pg_wal/*', 'standby.signal', 'backup_label'].map(
    (name) => `--exclude=./${name}`,
  )
  // 1: a file has changed or gone meanwhile, as it may.
  const copy = `{ tar -C "$0" ${leftOut.map((word) => `'${word}'`).join(' ')} -cf - . || [ $? -eq 1 ]; } | tar -C "$1" -xf -`
  await promisify(execFile)('sh', ['-c', copy, from, to])
}
