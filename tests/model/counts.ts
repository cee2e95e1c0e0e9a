import { Broken, emailsOf } from './book'
import { localDay } from './calendar'
import type { Door } from './door'
import type { Campaign, Email, Model } from './state'

/** When each email was due as it came into the group in which it is counted; null where another left that group at once. */
export type Entered = Map<Email, { group: string; due: number | null }>

const groupOf = ({ campaign, step, status, sentAt, due }: Email) =>
  `${campaign.number} ${step} ${status} ${localDay(sentAt ?? due, campaign.zone)}`

/** Notes the emails that have come into another state or day. */
export function noteEntered(m: Model): void {
  const moved = m.emails.filter((email) => m.entered.get(email)?.group !== groupOf(email))
  const left = new Set(moved.map((email) => m.entered.get(email)?.group))
  for (const email of moved) {
    const group = groupOf(email)
    m.entered.set(email, { group, due: left.has(group) ? null : email.due })
  }
}

/** The counts that pages read are the emails', and their span leaves none out. */
export async function checkCounts(m: Model, campaign: Campaign, door: Door): Promise<void> {
  const kept = (await door.counts(campaign.number)).filter(({ count }) => count > 0)
  const own = emailsOf(m, campaign)
  const sum = kept.reduce((total, { count }) => total + count, 0)
  if (sum !== own.length)
    throw new Broken(`The counts of campaign ${campaign.number} sum up to ${sum}; it has ${own.length} emails`)
  for (const { stepNumber, status, count, firstAt, lastAt } of kept) {
    const counted = own.filter((email) => email.step === stepNumber && email.status === status)
    const due = counted.flatMap((email) => m.entered.get(email)?.due ?? [])
    const [first, last] = [Math.min(...due), Math.max(...due)]
    if (counted.length === count && firstAt.getTime() <= first && lastAt.getTime() >= last) continue
    const dates = [firstAt, lastAt, new Date(first), new Date(last)].map((date) => date.toISOString())
    throw new Broken(
      `Campaign ${campaign.number}, step ${stepNumber} ${status}: ${count} from ${dates[0]} to ${dates[1]}, by the rules ${counted.length} from ${dates[2]} to ${dates[3]}`,
    )
  }
}
