import { emailsOf } from '../book'
import { DAY, MINUTE } from '../calendar'
import type { Lead, MassAct, Model } from '../state'
import { deleteLead, setStatus, suppress } from './people'

// What is done to all leads that match, and taken back.

export type Whom = { status?: string; batch?: number }
export type Doing = { kind: 'status'; status: string } | { kind: 'suppress' } | { kind: 'delete' }

const matching = (m: Model, { status, batch }: Whom): Lead[] =>
  [...m.leads.values()].filter(
    (lead) => (!status || lead.status === status) && (batch === undefined || m.batches.get(batch)?.has(lead)),
  )

/** Each lead is changed or left out: who is so already, and to whom something is on the wire where it would go. */
export function doToMany(m: Model, doing: Doing, whom: Whom): boolean {
  const leads = matching(m, whom)
  if (leads.length === 0) return false
  const status = doing.kind === 'status' ? doing.status : null
  const others = status === null ? [] : leads.filter((lead) => lead.status !== status)
  const act: MassAct = {
    status,
    noted: others.map((lead) => ({ lead, was: lead.status })),
    at: m.now,
    skipped: 0,
    isUndone: false,
  }
  const planned = () => [...m.campaigns.values()].reduce((sum, c) => sum + emailsOf(m, c, 'pending').length, 0)
  const before = planned()
  for (const lead of status === null ? leads : others)
    if (status !== null) setStatus(m, lead, status)
    else if (doing.kind === 'suppress') suppress(m, lead.email)
    else deleteLead(m, lead)
  m.acts.push({ ...act, skipped: before - planned() })
  return true
}

const UNDO = 30 * DAY

/** Statuses alone, once, where no email was skipped; who was written or has written since stays. */
export function undo(m: Model, act: MassAct | undefined): boolean {
  if (!act || act.isUndone || act.noted.length === 0 || act.skipped > 0) return false
  if (act.status === 'unsubscribed' || m.now - act.at >= UNDO) return false
  act.isUndone = true
  for (const { lead, was } of act.noted) {
    const isThere = m.leads.get(lead.number) === lead && lead.status === act.status && lead.writtenAt === act.at
    const hasWritten = m.messages.some(({ email, at }) => email.lead === lead && at >= act.at - MINUTE)
    if (isThere && !hasWritten) setStatus(m, lead, was)
  }
  return true
}
