import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrate } from '../../../../scripts/lib/database/migrations'
import { superviseEmbeddedPostgres } from '../../../../scripts/lib/database/supervised-postgres'
import { childrenOf } from '../../../support/processes-of'

/** Why a disk of its own cannot be had here, and what it needs; null where it can. */
export function missingDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux can mount a small disk'
  const folder = mkdtempSync(join(tmpdir(), 'disk-'))
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('/bin/umount', [folder], { stdio: 'ignore' })
    return null
  } catch {
    return 'this machine lets nobody mount a small disk'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A supervised PostgreSQL of its own, migrated, that a run may freeze, fill or let read alone. `diskMb`: on a disk of that size. */
export async function openTroubledServer({ diskMb }: { diskMb?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'leadnexconnect-'))
  if (diskMb) execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m`, 'tmpfs', folder])
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { mode: 0o700 })
  const filling = join(folder, 'filling')
  const server = await superviseEmbeddedPostgres({
    dataDir,
    throwaway: true,
    settings: { fsync: 'off', max_wal_size: '64MB', min_wal_size: '32MB', autovacuum_naptime: '5s' },
    log: () => undefined,
  })
  await server.ensureDatabase('chaos')
  const url = server.urlOf('chaos')
  await migrate(url)
  const onServer = async (...statements: string[]) => {
    const client = new Client({ connectionString: server.urlOf('postgres') })
    client.on('error', () => undefined)
    await client.connect()
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.end()
    }
  }
  const signalAll = (signal: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of childrenOf(server.pid)) {
      try {
        process.kill(pid, signal)
      } catch {
        // Ended meanwhile.
      }
    }
  }
  return {
    url,
    freeze: async () => signalAll('SIGSTOP'),
    thaw: async () => signalAll('SIGCONT'),
    /** Takes what room is left on its disk, to the last block. */
    fill: async () => {
      execFileSync('sh', ['-c', `cat /dev/zero > ${filling} 2>/dev/null || true`])
    },
    empty: async () => rmSync(filling, { force: true }),
    readOnly: async () => {
      await onServer('ALTER SYSTEM SET default_transaction_read_only = on', 'SELECT pg_reload_conf()')
    },
    readWrite: async () => {
      await onServer(
        'SET default_transaction_read_only = off',
        'ALTER SYSTEM RESET default_transaction_read_only',
        'SELECT pg_reload_conf()',
      )
    },
    stop: async () => {
      signalAll('SIGCONT')
      await server.stop()
      if (diskMb) execFileSync('/bin/umount', [folder])
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type TroubledServer = Awaited<ReturnType<typeof openTroubledServer>>
