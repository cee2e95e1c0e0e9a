import { countPeople } from '@/db/queries/campaigns/count-people'
import { countAway, selectReading } from '@/db/queries/progress/select-reading'
import type { Deps } from '@/deps'

/** What became of the leads that a campaign has emailed; `bounced` with those refused at sending. */
export type AnswerNumbers = {
  replied: number
  bounced: number
  unsubscribed: number
  /** Leads that are away now, for whose return emails wait. */
  away: number
  /** `read` of its mailboxes are read, all of them as of `asOf`, real time. Where none is, nobody knows who answered. */
  reading: { mailboxes: number; read: number; asOf: Date | null }
}

/** The numbers of several campaigns by their ids, with one statement for each number. */
export async function loadAnswerNumbers(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  campaignIds: readonly string[],
): Promise<(campaignId: string) => AnswerNumbers> {
  const [people, away, reading] = await Promise.all([
    countPeople(sql, campaignIds),
    countAway(sql, campaignIds, clock.now()),
    selectReading(sql, campaignIds),
  ])
  return (id) => {
    const counted = people.find(({ campaignId }) => campaignId === id)
    const read = reading.find(({ campaignId }) => campaignId === id)
    return {
      replied: counted?.replied ?? 0,
      bounced: counted?.bounced ?? 0,
      unsubscribed: counted?.unsubscribed ?? 0,
      away: away.find(({ campaignId }) => campaignId === id)?.away ?? 0,
      reading: { mailboxes: read?.mailboxes ?? 0, read: read?.read ?? 0, asOf: read?.asOf ?? null },
    }
  }
}
