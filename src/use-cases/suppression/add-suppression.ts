import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { setLeadStatus } from '@/db/queries/leads/set-lead-status'
import {
  insertSuppressions,
  type SuppressionEntry,
  selectLeadsOfSuppressions,
} from '@/db/queries/suppression/insert-suppressions'
import { withSendingBlocked } from '@/db/send-gate'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { isFreeMailDomain } from '@/domain/lead/free-mail'
import { readSuppressed, type Suppressed, type SuppressionReason } from '@/domain/lead/suppression'
import { addressHash } from '@/lib/encryption'

export type AddSuppression = {
  value: string
  reason?: SuppressionReason | undefined
  source?: string | undefined
  /** A person means everybody at a public provider. */
  confirmed?: boolean | undefined
  by: string | null
}

/** `added` is false when it stood on the list already; its leads are silenced in any case. */
export type AddedSuppression = Suppressed & { added: boolean; leadsAffected: number; emailsSkipped: number }

/**
 * Puts an address or a domain on the suppression list and skips pending emails of its leads; no email to them begins
 * after the commit. Only `unsubscribed` changes the leads' status.
 * The domain of a public provider is added only when that is confirmed. @throws {DomainError} invalid_input, conflict
 */
export async function addSuppression(deps: Deps, input: AddSuppression): Promise<AddedSuppression> {
  const entry = readSuppressed(input.value)
  if (!entry.ok) {
    throw new DomainError('invalid_input', `${entry.problem}. Nothing was added. Enter an address or a domain.`)
  }
  const { kind, value } = entry
  const { reason = 'manual', source = 'manual', confirmed = false, by } = input
  if (!confirmed) await askBack(deps, entry)
  const result = await withSendingBlocked(deps.sql, (tx) => suppress(deps, tx, [{ kind, value }], { reason, source }))
  deps.log.info({ kind, reason, source, by, ...result }, 'suppression added')
  // A campaign may have waited for nothing but these emails.
  if (result.emailsSkipped > 0) await deps.queue.enqueueTick()
  return {
    kind,
    value,
    added: result.added > 0,
    leadsAffected: result.leadsAffected,
    emailsSkipped: result.emailsSkipped,
  }
}

/** A domain where anybody has an address would silence strangers by the thousand. @throws {DomainError} conflict */
async function askBack({ sql }: Deps, { kind, value }: Suppressed) {
  if (kind !== 'domain' || !isFreeMailDomain(value)) return
  const leads = (await selectLeadsOfSuppressions(sql, [{ kind, value, hash: null }])).length
  throw new DomainError(
    'conflict',
    `Anybody can have an address at ${value}: ${leads === 1 ? '1 of your leads has' : `${leads} of your leads have`} one. Nothing was added. Confirm that nobody there is to be emailed, or enter single addresses.`,
    { confirm: true, kind, value, leads },
  )
}

type Suppressing = { reason: SuppressionReason; source: string }

/**
 * Puts many entries on the suppression list as `addSuppression` does, in a transaction that runs behind the closed send
 * gate.
 */
export async function suppress(
  deps: Pick<Deps, 'clock' | 'config'>,
  tx: Tx,
  entries: readonly Suppressed[],
  how: Suppressing,
): Promise<{ added: number; leadsAffected: number; emailsSkipped: number }> {
  const { added, leads, skipped } = await suppressAll(deps, tx, entries, how)
  return { added: added.length, leadsAffected: leads.length, emailsSkipped: skipped.length }
}

/** What came of an address: it was not on the list before, and so many planned emails to it are skipped. */
export type SuppressedAddress = { isNew: boolean; emailsSkipped: number }

/** The same for addresses; returns what came of each. */
export async function suppressAddresses(
  deps: Pick<Deps, 'clock' | 'config'>,
  tx: Tx,
  addresses: readonly string[],
  how: Suppressing,
): Promise<ReadonlyMap<string, SuppressedAddress>> {
  const entries = [...new Set(addresses)].map((value) => ({ kind: 'address' as const, value }))
  const { added, leads, skipped } = await suppressAll(deps, tx, entries, how)
  const isAdded = new Set(added.map(({ value }) => value))
  return new Map(
    entries.map(({ value }) => {
      const hash = addressHash(deps.config.consentKey, value)
      const whose = new Set(leads.filter((lead) => lead.email === value || lead.hash === hash).map(({ id }) => id))
      const emailsSkipped = skipped.filter(({ leadId }) => whose.has(leadId)).length
      return [value, { isNew: isAdded.has(value), emailsSkipped }]
    }),
  )
}

async function suppressAll(
  { clock, config }: Pick<Deps, 'clock' | 'config'>,
  tx: Tx,
  entries: readonly Suppressed[],
  { reason, source }: Suppressing,
) {
  const hashed = entries.map((entry): SuppressionEntry => {
    const { kind, value } = entry
    return kind === 'domain'
      ? { kind, value, hash: null }
      : { kind, value, hash: addressHash(config.consentKey, value) }
  })
  const leads = await selectLeadsOfSuppressions(tx, hashed)
  const leadIds = leads.map(({ id }) => id)
  // Before the list is written: recording results writes to it, too, under these locks.
  await lockCampaignsOfLeads(tx, leadIds)
  const at = clock.now()
  const added = await insertSuppressions(tx, hashed, { reason, source, at })
  if (leadIds.length === 0) return { added, leads, skipped: [] }
  if (reason === 'unsubscribed') await setLeadStatus(tx, { leadIds, status: 'unsubscribed', at })
  return { added, leads, skipped: await skipPendingOfLeads(tx, { leadIds, reason: 'suppressed', at }) }
}
