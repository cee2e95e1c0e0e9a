import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { freePort, isPortFree } from '../ports'
import { Problem } from '../problem'
import { signal } from '../processes'
import { endOrphanSessions, stopOrphan } from './orphans'
import { type Access, ensureCluster, POSTGRES_ENVIRONMENT, saveAccess, urlOf } from './postgres-cluster'
import { postgresProgram } from './postgres-program'

export type PostgresServer = {
  port: number
  pid: number
  /** Address of a database on this server, password included: never to be logged. */
  urlOf(database: string): string
  /** Creates the database unless it exists. */
  ensureDatabase(name: string): Promise<void>
  /** Resolves when the server has ended, stopped or by itself. */
  ended: Promise<void>
  /** Ends sessions, writes everything to disk and stops; safe to call twice. */
  stop(): Promise<void>
}

export type PostgresOptions = {
  /** Holds `postgres/` (the data) and `postgres.json` (port and password, for the owner only). */
  dataDir: string
  /** Extra server settings, e.g. `{ fsync: 'off' }` for databases that may be lost. */
  settings?: Record<string, string>
  /** Skips waiting for the disk while the cluster is created. */
  throwaway?: boolean
  /** The port to listen on, and no other; absent: the remembered one while it is free. */
  port?: number
  limits?: TimeLimits
  log(line: string): void
}

/** How long a server may take, in milliseconds. */
type TimeLimits = {
  /** To say anything, once it runs, or to accept connections; as long as it says that it recovers, it has longer. */
  readyMs: number
  /** To end in order, and then at once; after twice as long it is killed. */
  stopMs: number
}

const TIME_LIMITS: TimeLimits = { readyMs: 120_000, stopMs: 20_000 }

/**
 * Starts PostgreSQL from the npm package on 127.0.0.1, creating the cluster on first use. The port is remembered and
 * kept while it is free. What is left over of a server in the same folder is ended first. Throws a Problem when it cannot
 * start.
 */
export async function startEmbeddedPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { dataDir, limits = TIME_LIMITS, log } = options
  // In full: the process list then shows which installation a server belongs to.
  const cluster = resolve(dataDir, 'postgres')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  await stopOrphan(cluster, log)
  await endOrphanSessions(cluster, log)
  const access = await ensureCluster(options, cluster)
  if (options.port) access.port = options.port
  else if (!(await isPortFree(access.port, '127.0.0.1'))) access.port = await freePort()
  saveAccess(dataDir, access)

  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // A refused row is the application's to report; only the server's own failures are logged.
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    ...options.settings,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const program = await postgresProgram('postgres')
  const child = spawn(program.file, [...program.args, '-D', cluster, '-p', String(access.port), ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: POSTGRES_ENVIRONMENT,
    // Its own process group: Ctrl-C in the terminal reaches the supervisor alone, which stops the database last.
    detached: true,
  })
  return superviseServer(child, access, { limits, log })
}

async function superviseServer(
  child: ChildProcess,
  access: Access,
  { limits, log }: { limits: TimeLimits; log(line: string): void },
): Promise<PostgresServer> {
  const output: string[] = []
  let stopping = false
  let running = true
  let ready = false
  const hear = (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n')) {
      if (line.trim() === '') continue
      output.push(line)
      if (output.length > 20) output.shift()
      if (ready && !stopping && /\b(FATAL|PANIC):/.test(line)) log(line)
    }
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  const ended = new Promise<void>((resolve) => {
    const markEnded = () => {
      running = false
      resolve()
    }
    child.once('exit', markEnded)
    child.once('error', (error) => {
      output.push(error.message)
      markEnded()
    })
  })
  // Last resort when this process ends without having stopped it: PostgreSQL recovers from its log at the next start.
  const killAtExit = () => running && child.pid && signal(child.pid, 'SIGQUIT')
  process.once('exit', killAtExit)
  ended.then(() => process.removeListener('exit', killAtExit))

  const stop = async () => {
    if (!running || !child.pid) return
    stopping = true
    signal(child.pid, 'SIGINT')
    const after = (ms: number, name: NodeJS.Signals) =>
      setTimeout(() => running && child.pid && signal(child.pid, name), ms)
    // One that hangs hears neither; what it leaves behind is ended at the next start.
    const late = [after(limits.stopMs, 'SIGQUIT'), after(2 * limits.stopMs, 'SIGKILL')]
    await ended
    late.forEach(clearTimeout)
  }
  ready = await waitUntilReady(urlOf(access, 'postgres'), { running: () => running, limits, log })
  if (!ready) {
    await stop()
    throw new Problem(
      `The embedded PostgreSQL server did not start:\n${output.map((line) => `  ${line}`).join('\n')}\n` +
        'Your data was not changed. Look for a full disk or missing rights on the data folder, then start again.',
    )
  }
  return {
    port: access.port,
    pid: child.pid as number,
    urlOf: (database) => urlOf(access, database),
    ensureDatabase: (name) => ensureDatabase(urlOf(access, 'postgres'), name),
    ended,
    stop,
  }
}

// SQLSTATE cannot_connect_now: it recovers from its log, which after a crash may take minutes. Ended in the midst of that, it would
// have to begin again.
const RECOVERING = '57P03'
const SAID_AFTER_MS = 10_000

async function waitUntilReady(
  url: string,
  { running, limits, log }: { running(): boolean; limits: TimeLimits; log(line: string): void },
): Promise<boolean> {
  const began = Date.now()
  let said = false
  // A server that has ended is noticed at once.
  for (let until = began + limits.readyMs; running() && Date.now() < until; await sleep(50)) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    try {
      await client.connect()
      return running()
    } catch (error) {
      if ((error as { code?: string }).code !== RECOVERING) continue
      until = Date.now() + limits.readyMs
      if (said || Date.now() < began + SAID_AFTER_MS) continue
      said = true
      log('recovers from its log, as after every crash; this may take some minutes')
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  return false
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}
