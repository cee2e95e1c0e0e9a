import { countWorkersSince, insertInstallationIf } from '@/db/queries/maintenance/select-installation'
import type { Sql } from '@/db/sql'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { fingerprintOf } from '@/lib/encryption'
import { getInstallation } from './get-installation'
import { hasTables, installationOf, type PresentInstallation } from './installation-facts'
import { WORKER_ALIVE_MS } from './record-heartbeat'

/**
 * Refuses to change the installation of a database that a worker is at work on: it would go on as what it was.
 * @throws {DomainError} conflict
 */
export async function checkNobodyWorks(sql: Sql, at: Date): Promise<void> {
  if (!(await hasTables(sql, 'worker_heartbeats'))) return
  const workers = await countWorkersSince(sql, new Date(at.getTime() - WORKER_ALIVE_MS))
  if (workers === 0) return
  throw new DomainError(
    'conflict',
    `${counted(workers, 'worker')} of the database's installation reported within the last ${WORKER_ALIVE_MS / 1000} s. ` +
      'Nothing was changed. Stop the app and its workers first (Ctrl-C), then accept again.',
  )
}

/**
 * Makes the process's installation the database's, and records what that affects. The former stays in the history.
 * @throws {DomainError} conflict when a worker is at work, or another change came first
 */
export async function changeInstallation(
  sql: Sql,
  process: PresentInstallation & { encryptionKey: string },
  at: Date,
): Promise<void> {
  await checkNobodyWorks(sql, at)
  const { history, effects } = await getInstallation(sql, process)
  const { live, publicAddress } = installationOf(process)
  const accepted = await insertInstallationIf(sql, {
    version: (history[0]?.version ?? 0) + 1,
    keyFingerprint: fingerprintOf(process.encryptionKey),
    live,
    publicAddress,
    acceptedAt: at,
    reason: ['Accepted.', ...effects].join(' '),
  })
  if (!accepted) {
    throw new DomainError('conflict', 'Another installation was accepted at the same moment. Nothing was changed here.')
  }
}
