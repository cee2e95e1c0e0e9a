import { emailsOf, leadOf, silence } from './rules'
import { endReasonOf, keyOf, type Model } from './state'

// What happens to people, by the same rules. False: it is refused, and nothing has changed.

export function setStatus(m: Model, lead: number, status: string): boolean {
  if (!m.leads.has(lead)) return false
  leadOf(m, lead).status = status
  // A no belongs to the address, whoever sets it.
  if (status === 'unsubscribed') m.suppressed.add(leadOf(m, lead).email)
  const ended = endReasonOf(status)
  if (ended) silence(m, lead, ended)
  return true
}

export function suppress(m: Model, email: string): boolean {
  m.suppressed.add(email)
  for (const [lead, other] of m.leads) if (other.email === email) silence(m, lead, 'suppressed')
  return true
}

/** By the link of an email: whoever has an address now that it went to, or would go to. */
export function unsubscribe(m: Model, key: string, lead: number): boolean {
  for (const address of m.wentTo.get(key) ?? [leadOf(m, lead).email]) {
    m.suppressed.add(address)
    for (const [other, { email }] of m.leads) if (email === address) setStatus(m, other, 'unsubscribed')
  }
  return true
}

const isOnTheWire = (m: Model, lead: number) =>
  [...m.emails.values()].some((email) => email.lead === lead && email.status === 'sending')

export function deleteLead(m: Model, lead: number): boolean {
  if (!m.leads.has(lead) || isOnTheWire(m, lead)) return false
  const { email, status, contactedAt } = leadOf(m, lead)
  const suppressed = m.suppressed.delete(email)
  m.erased.set(email, { suppressed, contactedAt, status: endReasonOf(status) ? status : null })
  m.leads.delete(lead)
  for (const batch of m.batches.values()) batch.leads = batch.leads.filter((other) => other !== lead)
  for (const [index, campaign] of m.campaigns) {
    const gone = emailsOf(m, index).filter((email) => email.lead === lead)
    if (gone.length > 0) campaign.targeted--
    campaign.scheduled -= gone.length
    for (const email of gone) {
      if (email.status === 'sent') campaign.sent--
      if (email.status === 'failed') campaign.failed--
      m.emails.delete(keyOf(email))
    }
  }
  return true
}

export function changeAddress(m: Model, lead: number, email: string): boolean {
  if (!m.leads.has(lead) || isOnTheWire(m, lead)) return false
  leadOf(m, lead).email = email
  return true
}

/** Fills what is empty, never overwrites; who is suppressed is left out. Who is new gets the next number. */
export function importRow(m: Model, batch: number, row: { email: string; company: string }): boolean {
  const into = m.batches.get(batch)
  if (!into) return false
  const erased = m.erased.get(row.email)
  if (m.suppressed.has(row.email) || erased?.suppressed) return true
  let [index] = [...m.leads].find(([, { email }]) => email === row.email) ?? []
  if (index === undefined) {
    index = Number(/^lead(\d+)/.exec(row.email)?.[1])
    const contactedAt = erased?.contactedAt ?? null
    const status = erased?.status ?? (contactedAt === null ? 'new' : 'contacted')
    m.leads.set(index, { email: row.email, status, emailsSent: 0, contactedAt, company: null })
  }
  leadOf(m, index).company ??= row.company
  if (!into.leads.includes(index)) into.leads = [...into.leads, index].sort((a, b) => a - b)
  return true
}
