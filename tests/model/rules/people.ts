import { put, wrote } from '../book'
import type { Email, Lead, Model } from '../state'
import { contactOf, endOf } from './sending'

// What happens to people. False: it is refused, and nothing has changed.

/** Skips an email; one that has failed before keeps the reason of that. */
export const skip = (m: Model, email: Email, reason: string) =>
  put(m, email, { status: 'skipped', reason: email.reason ?? reason, wait: null })
/** What is planned for a lead is skipped, in all campaigns. */
function silence(m: Model, lead: Lead, reason: string | null): true {
  for (const email of m.emails) if (reason && email.lead === lead && email.status === 'pending') skip(m, email, reason)
  return true
}
/** A no belongs to the address, whoever says it. */
export function setStatus(m: Model, lead: Lead, status: string, reason = endOf(status)): boolean {
  lead.status = status
  wrote(m, lead)
  if (status === 'unsubscribed') m.suppressed.set(lead.email, 'other')
  return silence(m, lead, reason)
}
export function suppress(m: Model, address: string, set?: { status: string; reason: string }): boolean {
  m.suppressed.set(address, 'other')
  const those = [...m.leads.values()].filter(({ email }) => email === address)
  return those.every((lead) => (set ? setStatus(m, lead, set.status, set.reason) : silence(m, lead, 'suppressed')))
}
const BY_LINK = { status: 'unsubscribed', reason: 'lead_unsubscribed' }
/**
 * By the link of an email: whoever has an address now that it went to, or would go to. Nothing is new where each has said so
 * already, other than in a message that a person may correct.
 */
export function unsubscribe(m: Model, email: Email): boolean {
  const went = m.claims.filter((claim) => claim.email === email).map(({ to }) => to)
  const addresses = went.length > 0 ? went : [email.lead.email]
  const isOtherwiseSet = [...m.leads.values()].some((l) => addresses.includes(l.email) && l.status !== 'unsubscribed')
  if (addresses.every((address) => m.suppressed.get(address) === 'other') && !isOtherwiseSet) return true
  return addresses.every((address) => suppress(m, address, BY_LINK))
}

const isOnTheWire = (m: Model, lead: Lead) => m.emails.some((e) => e.lead === lead && e.status === 'sending')
/** Of an address that leaves its lead stays when it was emailed, or may have been, and what was said last. */
export function remember(m: Model, lead: Lead): void {
  const held = m.emails.map((e) => (e.lead === lead && e.status === 'held' ? e.since : null) ?? 0)
  const contactedAt = Math.max(contactOf(m, lead), ...held)
  const status = endOf(lead.status) && lead.status
  const known = m.erased.get(lead.email)?.contactedAt ?? 0
  if (contactedAt || status) m.erased.set(lead.email, { contactedAt: Math.max(contactedAt, known) || null, status })
}
export function changeAddress(m: Model, lead: Lead, email: string): boolean {
  if (email !== lead.email) {
    if (isOnTheWire(m, lead)) return false
    remember(m, lead)
    lead.email = email
  }
  wrote(m, lead)
  return true
}
/** Of a lead that is deleted stays that its address is on the list, and what is remembered of it. */
export function deleteLead(m: Model, lead: Lead): boolean {
  if (isOnTheWire(m, lead)) return false
  remember(m, lead)
  m.emails = m.emails.filter((e) => e.lead !== lead)
  for (const members of m.batches.values()) members.delete(lead)
  return m.leads.delete(lead.number)
}
