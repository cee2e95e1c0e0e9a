import {
  countWorkersSince,
  insertInstallationIf,
  selectSendingCampaigns,
} from '@/db/queries/maintenance/select-installation'
import { setAsideConsentKey } from '@/db/queries/suppression/set-aside-consent-key'
import type { Sql } from '@/db/sql'
import { sentencesOf } from '@/domain/campaign/preflight-text'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { fingerprintOf } from '@/lib/encryption'
import { checkLeaving } from '@/use-cases/campaigns/check-campaign'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { getInstallation } from './get-installation'
import { hasTables, installationOf, type PresentInstallation } from './installation-facts'
import { WORKER_ALIVE_MS } from './record-heartbeat'

/**
 * Refuses to change the installation of a database that a worker is at work on: it would go on as what it was. `then`: what the person
 * wanted. @throws {DomainError} conflict
 */
export async function checkNobodyWorks(sql: Sql, at: Date, then: 'accept' | 'restore' = 'accept'): Promise<void> {
  if (!(await hasTables(sql, 'worker_heartbeats'))) return
  const workers = await countWorkersSince(sql, new Date(at.getTime() - WORKER_ALIVE_MS))
  if (workers === 0) return
  throw new DomainError(
    'conflict',
    `${counted(workers, 'worker')} of the database's installation reported within the last ${WORKER_ALIVE_MS / 1000} s. ` +
      `Nothing was changed. Stop the app and its workers first (Ctrl-C), then ${then} again.`,
  )
}

/**
 * Makes the process's installation the database's, and records what that affects. The former stays in the history.
 * @throws {DomainError} conflict when a worker is at work, a running campaign's emails would leave that must not, or another
 * change came first
 */
export async function changeInstallation(
  sql: Sql,
  process: PresentInstallation & { encryptionKey: string },
  at: Date,
): Promise<void> {
  await checkNobodyWorks(sql, at)
  const { history, effects } = await getInstallation(sql, process)
  // What an earlier version had, it had in this mode and at this address.
  if (history.length > 0) await refuseUnfitCampaigns(sql, process)
  const { live, publicAddress } = installationOf(process)
  // First: should the process end here, the former key makes the same one anew at its next start.
  if (history[0] && history[0].keyFingerprint !== fingerprintOf(process.encryptionKey))
    await setAsideConsentKey(sql, at)
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

/** A running campaign is asked nothing more: with real emails, an address that nobody can open would go out with each. */
async function refuseUnfitCampaigns(sql: Sql, { sandbox, appUrl }: PresentInstallation): Promise<void> {
  const running = await selectSendingCampaigns(sql)
  const real = running.filter(({ usesEnvironment, usesOwnServer }) => usesOwnServer || (usesEnvironment && !sandbox))
  for (const { id, name } of real) {
    const blocking = await checkLeaving({ sql, config: { sandbox, appUrl } }, await loadCampaign({ sql }, id))
    if (blocking.length === 0) continue
    throw new DomainError(
      'conflict',
      `"${name}" is running, and its emails would really leave: ${sentencesOf(blocking)} The installation was not changed. ` +
        'Correct that here; or start the app as it was, pause or stop the campaign there, and accept then.',
    )
  }
}
