import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { joinInstallation, presentOf, requireInstallation } from '../app/join-installation'
import { SMALL_HEAP, STREAMING_ARGS, WORKER_FLAGS } from '../app/node-args'
import { hasOwner, keepOwnerCode, ownerWords } from '../app/owner-code'
import { readSettings } from '../app/settings'
import { requireDatabase } from '../database/database'
import { MIGRATIONS_DIR, migrate, requireMigrated } from '../database/migrations'
import { requireWritable } from '../disk'
import { Problem } from '../problem'
import { runScript } from '../run-script'
import { openEnvironment, type ProcessEnvironment, processEnvironment } from './environment'
import { type Program, runProcesses } from './run-processes'

// The command of a runtime folder, `node leadnexconnect.mjs COMMAND`, and of the image that is made of it.
const COMMANDS: Record<string, () => Promise<number>> = {
  web: () => serve({ web: true }),
  worker: () => serve({ worker: true }),
  migrate: migrateDatabase,
  all: () => serve({ web: true, worker: true, migrates: true }),
  health: askHealth,
}
// Scripts of the same names, with words of their own, for whoever looks after an installation.
const SCRIPTS: Record<string, readonly string[]> = {
  installation: [],
  'owner-reset': [],
  'rotate-keys': [],
  doctor: [],
  backup: STREAMING_ARGS,
  restore: STREAMING_ARGS,
}

// Files that a person names lie where they are, whatever folder the commands work in.
const calledFrom = process.cwd()

// Of the first process of a container no signal ends it that it does not take. A migration that has begun comes to its end.
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

await runScript(async () => {
  const [name = '', ...words] = process.argv.slice(2)
  process.chdir(dirname(fileURLToPath(import.meta.url)))
  try {
    process.exitCode = await commandOf(name, words)()
  } catch (error) {
    if (!stop.signal.aborted) throw error
    console.error('Stopped before it was up.')
  }
})
// The engine of migrations leaves a timer of ten seconds, for which nobody has to wait.
process.exit()

function commandOf(name: string, words: readonly string[]): () => Promise<number> {
  const args = Object.hasOwn(SCRIPTS, name) ? SCRIPTS[name] : undefined
  if (args) return async () => runScriptOf([...args, `${name}.mjs`, ...words])
  const command = Object.hasOwn(COMMANDS, name) && words.length === 0 ? COMMANDS[name] : undefined
  if (command) return command
  throw new Problem(
    `There is no command "${[name, ...words].join(' ')}". It is one of web, worker, migrate, all. Nothing was started.`,
  )
}

type Parts = { web?: boolean; worker?: boolean; migrates?: boolean }

async function serve(parts: Parts): Promise<number> {
  const env = processEnvironment(process.env)
  // What connects here reads some of them by itself, such as PGPASSWORD.
  Object.assign(process.env, env)
  await prepareDatabase(env, parts)
  const programs: Program[] = []
  if (parts.worker) programs.push({ args: [...WORKER_FLAGS, 'worker.mjs'] })
  if (parts.web) programs.push(await prepareWeb(env))
  return runProcesses(programs, { env, stop: stop.signal })
}

/** Proves that the database can be used, belongs to this installation, and is migrated to this version, or migrates it. */
async function prepareDatabase(env: ProcessEnvironment, { web, migrates }: Parts): Promise<void> {
  const { DATABASE_URL: databaseUrl, DIRECT_DATABASE_URL: directUrl } = env
  const settings = readSettings(env)
  const replicaUrl = web ? settings.replicaUrl : undefined
  await requireDatabase({ databaseUrl, directUrl, replicaUrl, queueSchema: settings.queueSchema })
  const smtpUrl = env.SANDBOX_INBOX === 'true' ? undefined : settings.smtpUrl
  const options = { ...settings, smtpUrl, abort: stop.signal }
  if (migrates) {
    await joinInstallation(directUrl, options, console.log)
    return
  }
  await requireMigrated(directUrl, web ? 'web' : 'worker', 'migrate')
  await requireInstallation(directUrl, presentOf(options))
}

/** The web process. As long as there is no owner, a code that was made here is printed, as `npm start` does. */
async function prepareWeb(env: ProcessEnvironment): Promise<Program> {
  const { config } = JSON.parse(readFileSync('.next/required-server-files.json', 'utf8'))
  const own = {
    NEXT_TELEMETRY_DISABLED: '1',
    // As the server that Next writes for such a folder does: what the build was configured with, in place of its file.
    __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify(config),
  }
  const program = { args: [...SMALL_HEAP, 'web.mjs'], env: own }
  requireWritable(env.DATA_DIR)
  if (env.OWNER_CODE?.trim() || (await hasOwner(env.DIRECT_DATABASE_URL))) return program
  const code = keepOwnerCode({ dataDir: env.DATA_DIR })
  console.log(ownerWords(env.APP_URL, code))
  return { ...program, env: { ...own, OWNER_CODE: code } }
}

async function migrateDatabase(): Promise<number> {
  const env = openEnvironment(process.env)
  Object.assign(process.env, env)
  const { databaseUrl, directUrl, queueSchema } = readSettings(env)
  if (!databaseUrl) throw new Problem('DATABASE_URL is not set. Nothing was changed. Set it, or DATABASE_URL_FILE.')
  await requireDatabase({ databaseUrl, directUrl, queueSchema })
  const url = directUrl ?? databaseUrl
  const applied = await migrate(url, MIGRATIONS_DIR, { log: console.log, abort: stop.signal })
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
  return 0
}

/** Whether the web process on this machine answers, and its database too. */
async function askHealth(): Promise<number> {
  const { port } = readSettings({ PORT: process.env.PORT })
  const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch((error: Error) => error)
  if (answer instanceof Response && answer.ok) return 0
  console.error(answer instanceof Response ? `status ${answer.status}` : answer.message)
  return 1
}

function runScriptOf(args: readonly string[]): number {
  const env = processEnvironment(process.env)
  // Scripts know a sandbox by it.
  const own = { ...env, INIT_CWD: calledFrom, ...(env.SANDBOX_INBOX === 'true' && { SMTP_URL: '' }) }
  return spawnSync(process.execPath, args, { env: own, stdio: 'inherit' }).status ?? 1
}
