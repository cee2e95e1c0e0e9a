import { once } from 'node:events'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type OpenDatabase, openDatabase } from '../database/database'
import { requireWritable } from '../disk'
import { createOutput, type Output } from '../output'
import { freePort, isPortFree } from '../ports'
import { Problem } from '../problem'
import { ensureBuild } from './build'
import { addressOf, joinInstallation } from './join-installation'
import { takeLock } from './lock'
import { type AppArgs, BUNDLED, FROM_SOURCES } from './node-args'
import { dropOwnerCode, hasOwner, keepOwnerCode } from './owner-code'
import { bundlePrograms } from './programs'
import { sampleSourcesEnvironment } from './sample-sources'
import type { Secrets } from './secrets'
import { type SupervisedProcess, superviseProcess } from './supervised-process'
import { untilWorkerReports } from './worker-alive'

export type AppOptions = {
  /** `production` builds and serves; `development` serves from the sources and reloads. */
  mode?: 'production' | 'development'
  /** Lock, embedded database and secrets live here. */
  dataDir: string
  port: number
  /** Address to listen on; default: this machine alone. */
  host?: string
  /** What the first sign-up must give; absent: one is made and kept in the data folder until it was used. */
  ownerCode?: string
  /** Address people use; default: this machine. */
  appUrl?: string
  /** Absent: PostgreSQL is started in the data folder. */
  databaseUrl?: string
  /** PostgreSQL itself, where `databaseUrl` leads to a pooler that lends sessions by transaction. */
  directUrl?: string
  replicaUrl?: string | undefined
  /** The job queue's tables. */
  queueSchema?: string
  /** Absent: the sandbox inbox is started, and no email leaves this machine. */
  smtpUrl?: string
  authSecret?: string
  encryptionKey?: string
  /** Keys that sealed before it: what they sealed is sealed anew by `npm run keys:rotate`. */
  formerEncryptionKeys?: string[]
  /** Apollo, Google Places and Hunter are sample data sources on this machine. */
  sampleSources?: boolean
  /** Simulated time: where it starts, and simulated seconds per real second. */
  clock?: { start: string; speed: number }
  /** How its processes are started; absent: as they are bundled, in development from their sources. */
  args?: AppArgs
  /** Further variables for every process. */
  env?: Record<string, string | undefined>
  output?: Output
  /** Gives up the start; what is up already is stopped in order. */
  abort?: AbortSignal
}

export type RunningApp = {
  url: string
  /** What makes somebody the owner, while there is none. */
  ownerCode?: string
  databaseUrl: string
  /** Address of the sample data sources, if there are any; `/purchases` lists what was bought. */
  sampleSourcesUrl?: string
  /** Environment of its processes: a further process with the same one joins them. */
  env: NodeJS.ProcessEnv
  /** Stops web, worker, sample sources, sandbox inbox and database in this order and releases the lock. Safe to call twice. */
  stop(): Promise<void>
  /** Ends every process at once; the database recovers from its log at the next start. */
  kill(): void
}

const LOOPBACK = '127.0.0.1'
// Longer than the worker gives the SMTP transactions that are under way.
const WORKER_STOP_MS = 30_000

/**
 * Brings up the whole app: lock, port, database, migrations, build, sandbox inbox, sample sources, worker, web; returns
 * when it is healthy. Throws a Problem, with everything stopped again, when a part cannot start.
 */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { mode = 'production', dataDir, abort, output = createOutput() } = options
  const supervised: SupervisedProcess[] = []
  const undo: (() => Promise<void> | void)[] = []
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= (async () => {
      for (const step of undo.reverse()) await step()
    })()
    return stopped
  }
  const log = (line: string) => output.line('app', line)

  try {
    requireWritable(dataDir)
    const lock = takeLock(dataDir, log)
    undo.push(() => lock.release())
    await requireFreePort(options)

    const database = await openDatabase({
      ...options,
      databaseUrl: options.databaseUrl,
      log: (line) => output.line('postgres', line),
    })
    undo.push(() => database.stop())
    abort?.throwIfAborted()
    const secrets = await joinInstallation(database.directUrl, options, log)
    abort?.throwIfAborted()
    if (mode === 'production') await ensureBuild(output, abort)
    const args = options.args ?? (await programsOf(mode))
    const ownerCode = (await hasOwner(database.directUrl)) ? dropOwnerCode(dataDir) : keepOwnerCode(options)

    const smtpUrl = options.smtpUrl ?? `smtp://127.0.0.1:${await freePort()}`
    const url = addressOf(options)
    const sourcesPort = options.sampleSources ? await freePort() : undefined
    const env = environment(options, { database, smtpUrl, url, sourcesPort, secrets, ownerCode })
    lock.update({
      url,
      embedded: !options.databaseUrl,
      ...(!options.smtpUrl && { sandboxUrl: smtpUrl }),
      sourcesPort,
      clock: options.clock,
    })
    const supervise = (name: string, words: readonly string[], stopWithinMs: number) => {
      const child = superviseProcess({ name, args: [...words], env, stopWithinMs }, output)
      supervised.push(child)
      undo.push(() => child.stop())
    }
    if (!options.smtpUrl) supervise('sandbox', args.sandbox, 5_000)
    if (sourcesPort) supervise('sources', ['--import', 'tsx', 'scripts/sample-sources.ts'], 5_000)
    supervise('worker', [...(mode === 'development' ? ['--watch'] : []), ...args.worker], WORKER_STOP_MS)
    // A process that ends at once fails the start without a wait.
    await Promise.race([untilWorkerReports(database.directUrl, abort), ...supervised.map((child) => child.endedEarly)])
    supervise('web', args.web, 5_000)

    const early = supervised.map((child) => child.endedEarly)
    await Promise.race([untilHealthy(options), ...early, ...(abort ? [rejection(abort)] : [])])
    for (const child of supervised) child.markStarted()
    return {
      url,
      ...(ownerCode && { ownerCode }),
      databaseUrl: database.directUrl,
      ...(sourcesPort && { sampleSourcesUrl: `http://127.0.0.1:${sourcesPort}` }),
      env,
      stop,
      kill: () => supervised.forEach((child) => void child.kill()),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function programsOf(mode: AppOptions['mode']): Promise<AppArgs> {
  if (mode === 'development') return FROM_SOURCES
  await bundlePrograms()
  return BUNDLED
}

type Known = {
  database: OpenDatabase
  smtpUrl: string
  url: string
  sourcesPort?: number
  secrets: Secrets
  ownerCode?: string
}

function environment(
  { mode = 'production', dataDir, port, host = LOOPBACK, smtpUrl: ownSmtp, queueSchema, clock, env }: AppOptions,
  { database, smtpUrl, url, sourcesPort, secrets, ownerCode }: Known,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...env,
    NODE_ENV: mode,
    DATA_DIR: resolve(dataDir),
    DATABASE_URL: database.url,
    DIRECT_DATABASE_URL: database.directUrl,
    SMTP_URL: smtpUrl,
    SANDBOX_INBOX: String(!ownSmtp),
    AUTH_SECRET: secrets.authSecret,
    ENCRYPTION_KEY: secrets.encryptionKey,
    ...(queueSchema && { PGBOSS_SCHEMA: queueSchema }),
    APP_URL: url,
    PORT: String(port),
    HOST: host,
    OWNER_CODE: ownerCode,
    NEXT_TELEMETRY_DISABLED: '1',
    ...(clock && { CLOCK_START: clock.start, CLOCK_SPEED: String(clock.speed) }),
    ...(sourcesPort && sampleSourcesEnvironment(sourcesPort)),
  }
}

async function requireFreePort({ port, host = LOOPBACK }: AppOptions): Promise<void> {
  if ((await isPortFree(port)) && (await isPortFree(port, LOOPBACK)) && (await isPortFree(port, host))) return
  throw new Problem(
    `Port ${port} is in use by another program (or not yours to open)${host === LOOPBACK ? '' : `, or HOST ${host} is no address of this machine`}. Nothing was started. ` +
      `Stop that program, or choose another port: PORT=${port + 1} npm start`,
  )
}

async function untilHealthy({ port, host = LOOPBACK, mode }: AppOptions): Promise<void> {
  // A first start on a slow disk takes a while; a process that ends is noticed at once.
  const until = Date.now() + (mode === 'development' ? 180_000 : 90_000)
  const at = ['0.0.0.0', '::'].includes(host) ? LOOPBACK : host
  const address = `http://${at.includes(':') ? `[${at}]` : at}:${port}/api/health`
  for (let seen = 'no answer'; ; await sleep(200)) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) })
      seen = `status ${answer.status}`
      const health = (await answer.json()) as { status?: string }
      // Without a worker the screens work but nothing is sent; the app counts as up when both are.
      if (answer.ok && health.status === 'ok') return
      if (answer.ok) seen = 'no worker'
    } catch {
      // Not listening yet.
    }
    if (Date.now() > until) throw new Problem(`The web app did not become healthy (${seen}). Everything was stopped.`)
  }
}

async function rejection(abort: AbortSignal): Promise<never> {
  if (!abort.aborted) await once(abort, 'abort')
  throw abort.reason
}
