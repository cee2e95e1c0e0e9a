import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { setLeadStatus } from '@/db/queries/leads/set-lead-status'
import {
  countLeadsOfDomains,
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
  const leads = (await countLeadsOfDomains(sql, [value])).get(value) ?? 0
  throw new DomainError(
    'conflict',
    `Anybody can have an address at ${value}: ${leads === 1 ? '1 of your leads has' : `${leads} of your leads have`} one. Nothing was added. Confirm that nobody there is to be emailed, or enter single addresses.`,
    { confirm: true, kind, value, leads },
  )
}

export type Suppressing = { reason: SuppressionReason; source: string }

/** An entry as the list has it: an address with its keyed hash. */
export function toEntry({ config }: Pick<Deps, 'config'>, { kind, value }: Suppressed): SuppressionEntry {
  return kind === 'domain' ? { kind, value, hash: null } : { kind, value, hash: addressHash(config.consentKey, value) }
}

/**
 * Puts many entries on the suppression list as `addSuppression` does, in a transaction that runs behind the closed send
 * gate. Many thousands go by `addSuppressions`.
 */
export async function suppress(
  deps: Pick<Deps, 'clock' | 'config'>,
  tx: Tx,
  entries: readonly Suppressed[],
  how: Suppressing,
): Promise<{ added: number; leadsAffected: number; emailsSkipped: number }> {
  const hashed = entries.map((entry) => toEntry(deps, entry))
  const { added, leads, skipped } = await suppressEntries(deps, tx, hashed, how)
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
  const entries = [...new Set(addresses)].map((value) => {
    const hash = addressHash(deps.config.consentKey, value)
    return { kind: 'address' as const, value, hash }
  })
  const { added, leads, skipped } = await suppressEntries(deps, tx, entries, how)
  const isAdded = new Set(added.map(({ value }) => value))
  const came = new Map(entries.map(({ value }) => [value, { isNew: isAdded.has(value), emailsSkipped: 0 }]))
  const byHash = new Map(entries.map(({ value, hash }) => [hash, value]))
  // Whose a lead is: its address says so, or the hash of one that was erased.
  const byLead = new Map(leads.map(({ id, email, hash }) => [id, came.get(byHash.get(hash ?? '') ?? email)]))
  for (const { leadId } of skipped) {
    const own = byLead.get(leadId)
    if (own) own.emailsSkipped += 1
  }
  return came
}

/** The same for entries with their hashes: which of them are new, their leads, and the emails that are skipped. */
export async function suppressEntries(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  entries: readonly SuppressionEntry[],
  { reason, source }: Suppressing,
) {
  const leads = await selectLeadsOfSuppressions(tx, entries)
  const leadIds = leads.map(({ id }) => id)
  // Before the list is written: recording results writes to it, too, under these locks.
  await lockCampaignsOfLeads(tx, leadIds)
  const at = clock.now()
  const added = await insertSuppressions(tx, entries, { reason, source, at })
  if (leadIds.length === 0) return { added, leads, skipped: [] }
  if (reason === 'unsubscribed') await setLeadStatus(tx, { leadIds, status: 'unsubscribed', at })
  return { added, leads, skipped: await skipPendingOfLeads(tx, { leadIds, reason: 'suppressed', at }) }
}
