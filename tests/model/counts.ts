import type { Door } from './door'
import { localDay } from './plan'
import { Broken, campaignOf } from './rules'
import { type Email, keyOf, type Model } from './state'

/** When each email was due as it came into the group in which it is counted; null where another left that group at once. */
export type Entered = Map<string, { group: string; due: number | null }>

const groupOf = (m: Model, { campaign, step, status, sentAt, due }: Email) =>
  `${campaign} ${step} ${status} ${localDay(sentAt ?? due, campaignOf(m, campaign).zone)}`

/** Notes the emails that have come into another state or day. */
export function noteEntered(m: Model): void {
  const moved = [...m.emails].filter(([key, email]) => m.entered.get(key)?.group !== groupOf(m, email))
  const left = new Set(moved.map(([key]) => m.entered.get(key)?.group))
  for (const [key, email] of moved) {
    const group = groupOf(m, email)
    m.entered.set(key, { group, due: left.has(group) ? null : email.due })
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
    const due = counted.flatMap((email) => m.entered.get(keyOf(email))?.due ?? [])
    const [first, last] = [Math.min(...due), Math.max(...due)]
    if (counted.length === count && firstAt.getTime() <= first && lastAt.getTime() >= last) continue
    const dates = [firstAt, lastAt, new Date(first), new Date(last)].map((date) => date.toISOString())
    throw new Broken(
      `Campaign ${index}, step ${stepNumber} ${status}: ${count} from ${dates[0]} to ${dates[1]}, by the rules ${counted.length} from ${dates[2]} to ${dates[3]}`,
    )
  }
}
