import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../ports'
import { Problem } from '../problem'
import { postgresProgram } from './postgres-program'

/** Where the server listens and the password of its role. */
export type Access = { port: number; password: string }

const USER = 'leadnexconnect'
// Nothing of ours concerns the server. (Next's types require NODE_ENV in every environment; PostgreSQL does not.)
export const POSTGRES_ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } as unknown as NodeJS.ProcessEnv

/**
 * Creates the cluster (PostgreSQL's data folder, UTF-8, one password-protected role) unless it exists, and returns how
 * to reach it. Throws a Problem when the data is there but its password is not, or when `initdb` fails.
 */
export async function ensureCluster(
  { dataDir, throwaway, log }: { dataDir: string; throwaway?: boolean; log(line: string): void },
  cluster: string,
): Promise<Access> {
  const known = readAccess(dataDir)
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    if (known) return known
    throw new Problem(
      `${cluster} holds a database, but its password file ${join(dataDir, 'postgres.json')} is missing or unreadable. ` +
        'Nothing was changed. Put the file back, or move the folder away to start with an empty database.',
    )
  }
  log('creating the database cluster')
  const access = { port: await freePort(), password: randomBytes(24).toString('hex') }
  // Made beside its place and then renamed: an interrupted creation never looks like a finished one.
  const unfinished = `${cluster}.unfinished`
  const passwordFile = join(dataDir, 'postgres.password')
  rmSync(unfinished, { recursive: true, force: true })
  writeFileSync(passwordFile, access.password, { mode: 0o600 })
  try {
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const login = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
    const program = await postgresProgram('initdb')
    const args = [...program.args, '-D', unfinished, ...locale, ...login, ...(throwaway ? ['--no-sync'] : [])]
    await run(program.file, args)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  saveAccess(dataDir, access)
  renameSync(unfinished, cluster)
  return access
}

function run(file: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: POSTGRES_ENVIRONMENT, detached: true })
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) return resolve()
      reject(new Problem(`The database cluster could not be created:\n${output.trim()}\nNothing was started.`))
    })
  })
}

/** Address of a database, password included: never to be logged. */
export function urlOf({ port, password }: Access, database: string): string {
  return `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`
}

/** Port and password of the cluster in this data folder, if it has been created. */
export function readAccess(dataDir: string): Access | undefined {
  try {
    const { port, password } = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'))
    return typeof port === 'number' && typeof password === 'string' ? { port, password } : undefined
  } catch {
    return undefined
  }
}

/** Writes port and password, for the owner only. */
export function saveAccess(dataDir: string, access: Access): void {
  const path = join(dataDir, 'postgres.json')
  writeFileSync(path, `${JSON.stringify(access)}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
}
