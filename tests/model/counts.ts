import type { Door } from './door'
import { localDay } from './plan'
import { Broken, campaignOf } from './rules'
import { type Email, keyOf, type Model } from './state'

/** When each email was due as it came into the state and day in which it is counted. */
export type Entered = Map<string, { group: string; due: number }>

/** Notes the emails that have come into another state or day. */
export function noteEntered(m: Model): void {
  for (const email of m.emails.values()) {
    const group = `${email.status} ${localDay(email.sentAt ?? email.due, campaignOf(m, email.campaign).zone)}`
    if (m.entered.get(keyOf(email))?.group !== group) m.entered.set(keyOf(email), { group, due: email.due })
  }
}

/** The counts that pages read are the emails', and their span leaves none out. */
export async function checkCounts(m: Model, index: number, door: Door): Promise<void> {
  const kept = (await door.counts(index)).filter(({ count }) => count > 0)
  const own = [...m.emails.values()].filter(({ campaign }) => campaign === index)
  const sum = kept.reduce((total, { count }) => total + count, 0)
  if (sum !== own.length)
    throw new Broken(`The counts of campaign ${index} sum up to ${sum}; it has ${own.length} emails`)
  for (const { stepNumber, status, count, firstAt, lastAt } of kept) {
    const counted = own.filter((email) => email.step === stepNumber && email.status === status)
    const due = counted.map((email: Email) => m.entered.get(keyOf(email))?.due ?? email.due)
    const [first, last] = [Math.min(...due), Math.max(...due)]
    if (counted.length === count && firstAt.getTime() <= first && lastAt.getTime() >= last) continue
    const dates = [firstAt, lastAt, new Date(first), new Date(last)].map((date) => date.toISOString())
    throw new Broken(
      `Campaign ${index}, step ${stepNumber} ${status}: ${count} from ${dates[0]} to ${dates[1]}, by the rules ${counted.length} from ${dates[2]} to ${dates[3]}`,
    )
  }
}
