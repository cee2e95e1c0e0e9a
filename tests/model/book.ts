import { dateAfter, HOUR, localDay } from './calendar'
import type { Campaign, Email, Lead, Mailbox, Model, Status } from './state'
import { opensOn } from './window'

// What the rules look up, and what is counted with each change.

/** Something is not as the rules say. */
export class Broken extends Error {}

export const keyOf = ({ campaign, lead, step }: Pick<Email, 'campaign' | 'lead' | 'step'>) =>
  `${campaign.number}/${lead.number}/${step}`
export const emailOf = (m: Model, key: string) => m.emails.find((email) => keyOf(email) === key)
/** An address of the worlds carries the number of its lead. */
export const numberIn = (email: string) => Number(/lead(\d+)/.exec(email)?.[1])
export const isUnderWay = ({ status }: Email) => status === 'pending' || status === 'sending' || status === 'held'
/** The pending emails of a mailbox whose time has come. */
export const dueOf = (m: Model, box: Mailbox) =>
  m.emails.filter((e) => e.box === box && e.status === 'pending' && e.due <= m.now)
export const UNSENT: Omit<Email, 'campaign' | 'lead' | 'step' | 'box' | 'plannedAt' | 'due'> = {
  ...{ status: 'pending', reason: null, wait: null, tries: 0, claim: 0, arrived: 0 },
  ...{ sentAt: null, heldAt: null, since: null, lease: null, endedAt: null, to: null },
}

export const emailsOf = (m: Model, campaign: Campaign, status?: Status) =>
  m.emails.filter((e) => e.campaign === campaign && (!status || e.status === status))
/** The steps of the email's lead after it that are in this state. */
export const stepsAfter = (m: Model, { campaign, lead, step }: Email, status: Status) =>
  emailsOf(m, campaign, status).filter((e) => e.lead === lead && e.step > step)
export const stepBefore = (m: Model, { campaign, lead, step }: Email) =>
  m.emails.find((e) => e.campaign === campaign && e.lead === lead && e.step === step - 1)

/** Its lead was taken out of its campaign. */
export const isOut = ({ campaign, lead }: Email) => campaign.out.has(lead)

/** Anything of a lead is written, also what it was. */
export function wrote(m: Model, lead: Lead): void {
  lead.writtenAt = m.now
}

/** Changes an email, and what is counted of it. */
export function put(m: Model, email: Email, change: Partial<Email>): void {
  Object.assign(email, change)
  if (!change.status) return
  email.endedAt = isUnderWay(email) ? null : m.now
  const bounces = email.status === 'failed' && email.reason === 'unknown' ? 1 : 0
  if (email.status === 'sent') email.campaign.step = Math.max(email.campaign.step, email.step)
  else if (bounces === 0) return
  const key = `${email.box.number} ${Math.floor(m.now / HOUR) * HOUR}`
  const hour = m.hours.get(key) ?? { emails: 0, bounces: 0 }
  m.hours.set(key, { emails: hour.emails + 1, bounces: hour.bounces + bounces })
}

/** What a mailbox may send on a local date. */
export function limitOn({ limit, ramp, window }: Mailbox, day: string): number | null {
  if (!ramp) return limit
  let most = ramp.start
  for (let n = 1, date = dateAfter(ramp.from, n); date.day <= day; date = dateAfter(ramp.from, ++n))
    if (opensOn(window, date)) most += ramp.step
  return Math.min(most, limit ?? most)
}
/** The daily limits that an email counts against at a time: its mailbox's and its campaign's, each by its own local day. */
export function limitsOf({ box, campaign }: Pick<Email, 'box' | 'campaign'>, at: number) {
  const [zone, own] = [box.window.zone, campaign.zone]
  const [day, ownDay] = [localDay(at, zone), localDay(at, own)]
  return [
    { of: 'mailbox', most: limitOn(box, day), zone, day: `m${box.number} ${day}` },
    { of: 'campaign', most: campaign.limit, zone: own, day: `c${campaign.number} ${ownDay}` },
  ] as const
}
export const reservedOn = (m: Model, day: string) =>
  m.claims.filter(({ counts, days }) => counts && days.includes(day)).length
