import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { setLeadStatus } from '@/db/queries/leads/set-lead-status'
import {
  insertSuppressions,
  markUnsubscribed,
  type SuppressionEntry,
} from '@/db/queries/suppression/insert-suppressions'
import {
  selectLeadsAt,
  selectLinkAddresses,
  selectOtherwiseSet,
  selectRefusals,
} from '@/db/queries/suppression/select-link-addresses'
import { withSendingBlocked } from '@/db/send-gate'
import type { SqlPool } from '@/db/sql'
import type { Deps } from '@/deps'
import { addressHash, readUnsubscribeToken } from '@/lib/encryption'
import { recordAddressHashes } from './record-address-hashes'

/** What the page of a link shows. */
export type UnsubscribeView = {
  /** Null where nobody knows the address any more: its person was erased. */
  email: string | null
  /** The address is on the list by this person's wish. */
  done: boolean
}

/** What a link stands for; null when the token is not ours or its email was never known. Changes nothing. */
export async function getUnsubscribe(deps: Deps, { token }: { token: string }): Promise<UnsubscribeView | null> {
  const link = await readLink(deps, token)
  if (!link) return null
  const email = link.addresses.find((address) => address.email !== null)?.email ?? null
  return { email, done: await isRefused(deps, link) }
}

/**
 * Unsubscribes the address that the email of this link went to, whatever became of its lead and campaign since: the address
 * suppressed, the lead that has it now `unsubscribed`, its pending emails skipped, in one transaction after whose commit no
 * SMTP transaction with it begins. Idempotent: who is unsubscribed is answered without the send gate. Returns false when the
 * token is not ours.
 */
export async function unsubscribe(deps: Deps, { token }: { token: string }): Promise<boolean> {
  const link = await readLink(deps, token)
  if (!link) return false
  // A burst of clicks on one link closes the gate once.
  const running = underWay.get(deps.sql) ?? new Map<string, Promise<void>>()
  underWay.set(deps.sql, running)
  const done = running.get(link.id) ?? suppressUnlessDone(deps, link).finally(() => running.delete(link.id))
  running.set(link.id, done)
  await done
  return true
}

async function suppressUnlessDone(deps: Deps, link: Link): Promise<void> {
  if ((await isRefused(deps, link, { byLink: true })) && !(await isOtherwiseSet(deps, link))) return
  await suppressLink(deps, link)
}

const underWay = new WeakMap<SqlPool, Map<string, Promise<void>>>()

type Address = { email: string | null; hash: string }
const emailsOf = (addresses: readonly Address[]) => addresses.flatMap(({ email }) => email ?? [])

type Link = { id: string; addresses: Address[] }

async function readLink({ sql, config }: Deps, token: string): Promise<Link | null> {
  const id = readUnsubscribeToken(config.consentKey, token)
  if (!id) return null
  const addresses = new Map<string, Address>()
  for (const { email, hash, named } of await selectLinkAddresses(sql, id)) {
    const known = hash ?? (email === null ? null : addressHash(config.consentKey, email))
    if (known === null || (named && !addresses.has(known))) continue
    if (!addresses.get(known)?.email) addresses.set(known, { email, hash: known })
  }
  return addresses.size > 0 ? { id, addresses: [...addresses.values()] } : null
}

/** `byLink`: what a message says does not count, since a person may correct that. */
async function isRefused({ sql }: Deps, { addresses }: Link, { byLink = false } = {}): Promise<boolean> {
  const hashes = addresses.map(({ hash }) => hash)
  const found = await selectRefusals(sql, hashes, emailsOf(addresses))
  const refusals = found.filter(({ fromMessage }) => !(byLink && fromMessage))
  return addresses.every((address) =>
    refusals.some(({ value, hash }) => hash === address.hash || (value !== null && value === address.email)),
  )
}

/** A no that is said again counts, also where a person had given the lead another status since. */
async function isOtherwiseSet({ sql }: Deps, { addresses }: Link): Promise<boolean> {
  const hashes = addresses.map(({ hash }) => hash)
  return (await selectOtherwiseSet(sql, hashes, emailsOf(addresses))) !== null
}

async function suppressLink(deps: Deps, { id, addresses }: Link): Promise<void> {
  const { sql, clock, log, queue } = deps
  await recordAddressHashes(deps)
  const hashes = addresses.map(({ hash }) => hash)
  const leads = await withSendingBlocked(sql, async (tx) => {
    const found = await selectLeadsAt(tx, hashes, emailsOf(addresses))
    const leadIds = found.map((lead) => lead.id)
    await lockCampaignsOfLeads(tx, leadIds)
    const at = clock.now()
    const entries = addresses.map(({ email, hash }): SuppressionEntry => {
      const value = email ?? found.find((lead) => lead.hash === hash)?.email ?? null
      return { kind: 'address', value, hash }
    })
    await insertSuppressions(tx, entries, { reason: 'unsubscribed', source: 'link', at })
    await markUnsubscribed(tx, hashes)
    if (leadIds.length > 0) {
      await setLeadStatus(tx, { leadIds, status: 'unsubscribed', at })
      await skipPendingOfLeads(tx, { leadIds, reason: 'lead_unsubscribed', at })
    }
    return leadIds
  })
  // A campaign may have waited for nothing but these emails.
  await queue.enqueueTick()
  log.info({ leads, scheduledEmail: id }, 'address unsubscribed')
}
