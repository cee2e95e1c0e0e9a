import { checkPlans } from '../../support/plans/check-plans'
import { exactly } from '../support/report'
import { scenario } from '../support/scenario'

export const makePlans = scenario({
  id: 'T10',
  title: 'plans over zones that change their clocks, windows, limits, holidays and booked days',
  full: { plans: 10_000 },
  short: { plans: 500 },
  run: async ({ seed, sizes }) => {
    const { plans, emails, cohorts, faults, counterexample } = checkPlans({ plans: sizes.plans, seed })
    return {
      figures: [
        exactly('emails outside a window', faults.outsideWindow, 0),
        exactly('days over a limit', faults.overLimit, 0),
        exactly('steps out of order', faults.outOfOrder, 0),
        exactly('leads without one mailbox and each step once', faults.leadsNotWhole, 0),
        exactly('mailboxes whose share is a lead or more off', faults.sharesOff, 0),
        exactly(
          "plans unlike the slow planner's: gaps, days of 23 and 25 hours, first day with room",
          faults.otherwise,
          0,
        ),
        exactly('plans made', plans, sizes.plans),
      ],
      counts: { emails, cohorts },
      notes: counterexample ? [counterexample] : [],
    }
  },
})
