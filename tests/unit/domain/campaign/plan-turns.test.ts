import { expect, it } from 'vitest'
import { type PlanInput, planByTurns, planCampaign } from '@/domain/campaign/schedule'

const input: PlanInput = {
  start: new Date('2026-03-02T09:00:00Z'),
  timezone: 'UTC',
  steps: [
    { stepNumber: 1, daysAfterPrevious: 0, templateId: 'first' },
    { stepNumber: 2, daysAfterPrevious: 1, templateId: 'second' },
  ],
  leadCount: 1_000,
  mailboxes: [],
  dailyLimit: null,
}
const window = { days: [1, 2, 3, 4, 5, 6, 7], startMinute: 0, endMinute: 1_440, timezone: 'UTC', holidays: [] }

function turnsOf(plan: PlanInput): number {
  let turns = 0
  for (const _turn of planByTurns(plan)) turns++
  return turns
}

it('a plan comes in turns of a day, and of a hundred leads where they leave one after the other', () => {
  const limited = { ...input, mailboxes: [{ id: 'm', window, dailyLimit: 10, planned: new Map() }] }
  expect(turnsOf(limited)).toBeGreaterThanOrEqual(100)
  const pace = { minGapSeconds: 1, gapJitterSeconds: 0, booked: [] }
  const paced = { ...input, mailboxes: [{ id: 'm', window, dailyLimit: null, planned: new Map(), pace }] }
  expect(turnsOf(paced)).toBeGreaterThanOrEqual(10)
  expect(planCampaign(paced).reduce((sum, { fromRank, toRank }) => sum + toRank - fromRank + 1, 0)).toBe(2_000)
})
