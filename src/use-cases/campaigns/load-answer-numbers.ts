import { countPeople } from '@/db/queries/campaigns/count-people'
import { type CampaignReading, countAway, selectReading } from '@/db/queries/progress/select-reading'
import type { Deps } from '@/deps'

/**
 * `read` of a campaign's mailboxes are read, all of them as of `asOf`, real time. Where none is, nobody knows who answered; neither for
 * each of those that have replies sent `elsewhere`, to an address at which nothing is read.
 */
export type ReadingNumbers = Omit<CampaignReading, 'campaignId'>

/** The same where the campaign has no mailbox. */
export const readingNumbers = (reading: CampaignReading | undefined): ReadingNumbers => ({
  mailboxes: reading?.mailboxes ?? 0,
  read: reading?.read ?? 0,
  elsewhere: reading?.elsewhere ?? [],
  asOf: reading?.asOf ?? null,
})

/** What became of the leads that a campaign has emailed; `bounced` with those refused at sending. */
export type AnswerNumbers = {
  replied: number
  bounced: number
  unsubscribed: number
  /** Leads that are away now, for whose return emails wait. */
  away: number
  reading: ReadingNumbers
}

/** The numbers of several campaigns by their ids, with one statement for each number. */
export async function loadAnswerNumbers(
  { sql, clock, config }: Pick<Deps, 'sql' | 'clock' | 'config'>,
  campaignIds: readonly string[],
): Promise<(campaignId: string) => AnswerNumbers> {
  const [people, away, reading] = await Promise.all([
    countPeople(sql, campaignIds),
    countAway(sql, campaignIds, clock.now()),
    selectReading(sql, campaignIds, { sandbox: config.sandbox, realNow: clock.realNow() }),
  ])
  return (id) => {
    const counted = people.find(({ campaignId }) => campaignId === id)
    return {
      replied: counted?.replied ?? 0,
      bounced: counted?.bounced ?? 0,
      unsubscribed: counted?.unsubscribed ?? 0,
      away: away.find(({ campaignId }) => campaignId === id)?.away ?? 0,
      reading: readingNumbers(reading.find(({ campaignId }) => campaignId === id)),
    }
  }
}
