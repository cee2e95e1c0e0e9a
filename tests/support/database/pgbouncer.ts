import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asOrdinaryUser } from '../../../scripts/lib/database/postgres-program'
import { freePort } from '../../../scripts/lib/ports'

const PROGRAM = '/usr/sbin/pgbouncer'

/** Why tests behind PgBouncer cannot run here, and what they need; null where they can. No test installs anything. */
export const missingPgBouncer = (): string | null =>
  existsSync(PROGRAM) ? null : "pgbouncer not found. They need Debian's package pgbouncer"

export type PgBouncer = { urlOf(database: string): string; stop(): Promise<void> }

/** PgBouncer on loopback before the server of `serverUrl`, from and in a temporary folder. `size`: its sessions at most. */
export async function startPgBouncer(
  serverUrl: string,
  mode: 'session' | 'transaction' | 'statement',
  { size = 20, settings = {} }: { size?: number; settings?: Record<string, string> } = {},
): Promise<PgBouncer> {
  const server = new URL(serverUrl)
  const folder = mkdtempSync(join(tmpdir(), 'pgbouncer-'))
  const port = await freePort()
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: join(folder, 'users.txt'),
    pool_mode: mode,
    default_pool_size: String(size),
    max_client_conn: '500',
    ...settings,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`)
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\n${lines.join('\n')}\n`,
  )
  writeFileSync(join(folder, 'users.txt'), `"${server.username}" "${server.password}"\n`)
  // It refuses to run as root, as PostgreSQL does.
  const [file = '', ...words] = [...asOrdinaryUser(), PROGRAM, join(folder, 'pgbouncer.ini')]
  const child = spawn(file, words, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await untilUp(child)
  return {
    urlOf: (database) => {
      const url = new URL(serverUrl)
      url.port = String(port)
      url.pathname = `/${database}`
      return url.href
    },
    stop: async () => {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function untilUp(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      said += chunk
      if (said.includes('process up')) resolve()
    })
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`PgBouncer ended before it was up:\n${said}`)))
  })
}
