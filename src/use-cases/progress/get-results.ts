import { selectDays, selectStepCounts } from '@/db/queries/progress/select-ledger'
import { selectReading } from '@/db/queries/progress/select-reading'
import { selectReplyHours, selectStepAnswers } from '@/db/queries/progress/select-replies'
import type { Deps } from '@/deps'
import { type ReadingNumbers, readingNumbers } from '@/use-cases/campaigns/load-answer-numbers'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'

export type StepResult = {
  stepNumber: number
  name: string
  sent: number
  /** Leads whose people replied to this step, and those whose server returned it for good. */
  replied: number
  bounced: number
}

export type Results = {
  timezone: string
  /** Days on which something left or somebody replied, in order; local dates. */
  days: { day: string; sent: number; replies: number }[]
  steps: StepResult[]
  /** How many replies came at an hour of a weekday (1 Monday to 7 Sunday); none: no entry. */
  hours: { weekday: number; hour: number; replies: number }[]
  reading: ReadingNumbers
  /** What it shows is as old as this; null: as it is now. */
  asOf: Date | null
}

/** What a campaign's emails have brought, by day, by step, and by the hour at which people write. @throws {DomainError} not_found */
export async function getResults(deps: Deps, { campaignId }: { campaignId: string }): Promise<Results> {
  const { sql, config, clock, asOf = null } = deps
  const { timezone, sequence } = await loadCampaign(deps, campaignId)
  const [days, counts, replies, answers, [reading]] = await Promise.all([
    selectDays(sql, campaignId),
    selectStepCounts(sql, campaignId),
    selectReplyHours(sql, { campaignId, zone: timezone }),
    selectStepAnswers(sql, campaignId),
    selectReading(sql, [campaignId], { sandbox: config.sandbox, realNow: clock.realNow() }),
  ])
  const sentOn = new Map(days.map(({ day, sent }) => [day, sent]))
  const repliesOn = sumBy(replies, ({ day }) => day)
  const named = new Map(sequence.map(({ stepNumber, template }) => [stepNumber, template.name]))
  const steps = [...new Set([...named.keys(), ...counts.map(({ stepNumber }) => stepNumber)])].sort((a, b) => a - b)
  return {
    timezone,
    days: [...new Set([...sentOn.keys(), ...repliesOn.keys()])]
      .sort()
      .map((day) => ({ day, sent: sentOn.get(day) ?? 0, replies: repliesOn.get(day) ?? 0 }))
      .filter(({ sent, replies }) => sent + replies > 0),
    steps: steps.map((stepNumber) => {
      const own = answers.find((one) => one.stepNumber === stepNumber)
      const sent = counts.find((one) => one.stepNumber === stepNumber && one.status === 'sent')?.count ?? 0
      const name = named.get(stepNumber) ?? `Step ${stepNumber}`
      return { stepNumber, name, sent, replied: own?.replied ?? 0, bounced: own?.bounced ?? 0 }
    }),
    hours: [...sumBy(replies, ({ weekday, hour }) => weekday * 24 + hour)].map(([at, replies]) => ({
      weekday: Math.floor(at / 24),
      hour: at % 24,
      replies,
    })),
    reading: readingNumbers(reading),
    asOf,
  }
}

function sumBy<Row extends { replies: number }, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, number> {
  const sums = new Map<Key, number>()
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.replies)
  return sums
}
