import { numberIn, wrote } from '../book'
import { DAY } from '../calendar'
import type { Import, Lead, Model } from '../state'
import { remember } from './people'
import { contactOf } from './sending'

// What a row of a file brings, and what goes with it when its import is rolled back.

/** What an import wrote is no change of anybody's. */
function writeUnchanged(m: Model, lead: Lead): void {
  const own = m.imports.filter((one) => one.lead === lead && one.added && one.asOf === lead.writtenAt)
  wrote(m, lead)
  for (const one of own) one.asOf = m.now
}

/** Fills what is empty, never overwrites. Who is suppressed is left out, who comes back is who they were. */
export function importRow(m: Model, batch: number, { email, company }: { email: string; company: string }): boolean {
  const members = m.batches.get(batch)
  if (!members) return false
  const nobody = { lead: null, added: false, joined: false, gave: false, said: false, isOver: false }
  const come: Import = { ...nobody, batch, at: m.now, endedAt: m.real, before: new Set(m.emails), asOf: m.now }
  if (!m.suppressed.has(email)) Object.assign(come, bring(m, members, { email, company }))
  m.imports.push(come)
  return true
}

function bring(m: Model, members: Set<Lead>, { email, company }: { email: string; company: string }): Partial<Import> {
  const known = [...m.leads.values()].find((other) => other.email === email)
  if (known) {
    const [joined, gave] = [!members.has(known), known.company === null]
    members.add(known)
    known.company ??= company
    if (gave) writeUnchanged(m, known)
    return { lead: known, joined, gave, said: m.imports.some((one) => one.lead === known && !one.isOver) }
  }
  const { contactedAt = null, status } = m.erased.get(email) ?? {}
  const lead = {
    ...{ number: numberIn(email), email, company, awayUntil: null, writtenAt: m.now },
    ...{ contactedAt, status: status ?? (contactedAt ? 'contacted' : 'new') },
  }
  m.leads.set(lead.number, lead)
  members.add(lead)
  return { lead, added: true, joined: true }
}

const KEPT = 90 * DAY

/**
 * A lead that it added goes, one of before is again as it was: where nobody has emailed or planned for it since, no other import brought
 * the same, and nobody has changed it. What another brought as well is that one's from then on.
 */
export function rollBack(m: Model, one: Import | undefined): boolean {
  if (!one?.lead || one.isOver || m.real - one.endedAt >= KEPT) return false
  one.isOver = true
  const { lead } = one
  if (m.leads.get(lead.number) !== lead || isTouched(m, one, lead)) return true
  const others = m.imports.filter((other) => other.lead === lead && !other.isOver)
  const { company, batch } = whatIsThere(m, one, lead)
  const alone = {
    company: company && !others.some(({ gave, said }) => gave || said),
    batch: batch && !others.some((other) => other.batch === one.batch),
  }
  if (one.added && others.length === 0) return remove(m, one, lead)
  if (alone.company) {
    lead.company = null
    writeUnchanged(m, lead)
  }
  if (alone.batch) m.batches.get(one.batch)?.delete(lead)
  for (const other of one.added || company || batch ? others : []) {
    if (one.added && !other.added) Object.assign(other, { added: true, asOf: one.asOf })
    other.joined ||= one.joined && other.batch === one.batch
    other.gave ||= one.gave && other.said
  }
  return true
}

/** It was emailed, or is planned for, since it came; of one that the import added, ever. */
function isTouched(m: Model, { added, at, before }: Import, lead: Lead): boolean {
  const own = m.emails.filter((email) => email.lead === lead)
  return (
    contactOf(m, lead) >= at ||
    own.some(({ status }) => status === 'sending' || status === 'held') ||
    own.some((email) => added || !before.has(email))
  )
}

/** What the import gave to the lead, as far as that is there still. */
const whatIsThere = (m: Model, { batch, gave, joined }: Import, lead: Lead) => ({
  company: gave && lead.company !== null,
  batch: joined && m.batches.get(batch)?.has(lead) === true,
})

function remove(m: Model, { batch, asOf }: Import, lead: Lead): true {
  const isElsewhere = [...m.batches].some(([number, members]) => number !== batch && members.has(lead))
  if (isElsewhere || lead.writtenAt !== asOf) return true
  remember(m, lead)
  for (const members of m.batches.values()) members.delete(lead)
  m.leads.delete(lead.number)
  return true
}
