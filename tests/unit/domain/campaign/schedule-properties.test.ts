import { expect, it } from 'vitest'
import { checkPlans } from '../../../support/plans/check-plans'

// `npm run chaos -- T10` makes 10,000, others each time.
const PLANS = 2_000
const SEED = 20_261_124

it('keeps every window, limit, order and gap, gives each lead one mailbox and each step once, as early as there is room', () => {
  const { plans, emails, cohorts, faults, counterexample } = checkPlans({ plans: PLANS, seed: SEED })
  expect(counterexample).toBeNull()
  expect(Object.values(faults).every((count) => count === 0)).toBe(true)
  expect(plans).toBe(PLANS)
  // Plans that say something: many emails, and leads that had to wait for room.
  expect(emails).toBeGreaterThan(20 * plans)
  expect(cohorts).toBeGreaterThan(2 * plans)
}, 300_000)
