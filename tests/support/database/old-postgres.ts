import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { asOrdinaryUser } from '../../../scripts/lib/database/postgres-program'
import { freePort } from '../../../scripts/lib/ports'

const PACKAGES = '/usr/lib/postgresql'

/** The programs of an older PostgreSQL that this machine happens to have (Debian's place), the newest of those. */
export const oldPostgres = existsSync(PACKAGES)
  ? readdirSync(PACKAGES)
      .map(Number)
      .filter((version) => version < 18 && existsSync(join(PACKAGES, String(version), 'bin', 'initdb')))
      .sort((a, b) => b - a)[0]
  : undefined

/** A server of that version in a temporary folder, with one role `ann`, gone after `stop`. */
export async function startOldPostgres(version: number) {
  const folder = mkdtempSync(join(tmpdir(), 'old-postgres-'))
  const data = join(folder, 'data')
  const program = (name: string, args: string[]) => {
    const [file = '', ...words] = [...asOrdinaryUser(), join(PACKAGES, String(version), 'bin', name), ...args]
    return { file, words }
  }
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, 's3cret', { mode: 0o600 })
  const made = program('initdb', ['-D', data, '-U', 'ann', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '-N'])
  execFileSync(made.file, made.words, { stdio: 'pipe', env: { PATH: process.env.PATH, LC_ALL: 'C', NODE_ENV: 'test' } })
  const port = await freePort()
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off']
  const { file, words } = program('postgres', ['-D', data, '-p', String(port), ...settings])
  const server = spawn(file, words, { stdio: 'ignore' })
  const url = `postgresql://ann:s3cret@127.0.0.1:${port}/postgres`
  await untilReady(url, server)
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGQUIT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error('The old PostgreSQL ended before it was ready')
    const client = new Client({ connectionString: url })
    const ready = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => undefined)
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
