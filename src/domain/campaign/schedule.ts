import { instantOf, nextOpening, type SendingWindow, zoned } from './window'

/** One step of a sequence as the planner sees it. The first step's `daysAfterPrevious` is not looked at. */
export type PlanStep = { stepNumber: number; templateId: string; daysAfterPrevious: number }

export type PlanMailbox = { id: string; window: SendingWindow; dailyLimit: number | null }

/**
 * A run of leads (ranks 1..n in the order of planning, both ends included) that get one step from one mailbox at
 * one time. The plan is a list of these, so its size does not grow with the number of leads.
 */
export type PlanSlice = {
  fromRank: number
  toRank: number
  mailboxId: string
  stepNumber: number
  templateId: string
  scheduledFor: Date
}

export type PlanInput = {
  /** When the campaign starts: step 1 is due then, or at the window's next opening. */
  start: Date
  /** IANA zone of the campaign, in which days are counted. */
  timezone: string
  steps: readonly PlanStep[]
  leadCount: number
  mailboxes: readonly PlanMailbox[]
}

/**
 * When each step is due for leads that start at `start`: step 1 at the next opening; each later step the given
 * number of local days after the one before it, at step 1's local time (10:00 stays 10:00 across clock changes),
 * then moved to the next opening. Counting from the moved date, not from the start, keeps the gap: a Friday
 * start with steps a day apart gives Fri, Mon, Tue, never Mon twice.
 */
export function stepTimes(start: Date, timezone: string, window: SendingWindow, steps: readonly PlanStep[]): Date[] {
  const times: Date[] = []
  for (const step of steps) {
    const previous = times.at(-1)
    const first = times[0]
    if (!previous || !first) {
      times.push(nextOpening(window, start))
      continue
    }
    const day = zoned(previous, timezone).toPlainDate().add({ days: step.daysAfterPrevious })
    const wanted = instantOf(
      day.toZonedDateTime({ timeZone: timezone, plainTime: zoned(first, timezone).toPlainTime() }),
    )
    times.push(nextOpening(window, wanted > previous ? wanted : previous))
  }
  return times
}

/**
 * The whole campaign: every lead gets every step, all leads of a mailbox get step k on the same day, each lead keeps
 * one mailbox for all its steps. Leads are shared out in proportion to the mailboxes' daily limits.
 */
export function planCampaign({ start, timezone, steps, leadCount, mailboxes }: PlanInput): PlanSlice[] {
  const slices: PlanSlice[] = []
  let fromRank = 1
  shareOut(leadCount, mailboxes).forEach((leads, index) => {
    const mailbox = mailboxes[index]
    if (!mailbox || leads === 0) return
    const toRank = fromRank + leads - 1
    const times = stepTimes(start, timezone, mailbox.window, steps)
    steps.forEach((step, i) => {
      const scheduledFor = times[i]
      if (!scheduledFor) return
      const { stepNumber, templateId } = step
      slices.push({ fromRank, toRank, mailboxId: mailbox.id, stepNumber, templateId, scheduledFor })
    })
    fromRank = toRank + 1
  })
  return slices
}

/**
 * Splits `leadCount` in proportion to the daily limits (largest remainder, so that the parts sum up). A mailbox
 * without a limit weighs as much as the largest limit among the others.
 */
export function shareOut(leadCount: number, mailboxes: readonly Pick<PlanMailbox, 'dailyLimit'>[]): number[] {
  const largest = Math.max(1, ...mailboxes.map((mailbox) => mailbox.dailyLimit ?? 0))
  const weights = mailboxes.map((mailbox) => mailbox.dailyLimit ?? largest)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => (leadCount * weight) / total)
  const shares = exact.map(Math.floor)
  const missing = leadCount - shares.reduce((sum, share) => sum + share, 0)
  exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
    .slice(0, missing)
    .forEach(({ index }) => {
      shares[index] = (shares[index] ?? 0) + 1
    })
  return shares
}
