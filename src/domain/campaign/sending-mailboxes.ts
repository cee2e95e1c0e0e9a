import type { SendingWindow } from '../time/window'

/** The mailboxes that a campaign sends from: the chosen ones, or the first of all when none is chosen. */
export function sendingMailboxes<Mailbox extends { id: string }>(
  all: readonly Mailbox[],
  chosenIds: readonly string[],
): Mailbox[] {
  const chosen = all.filter(({ id }) => chosenIds.includes(id))
  return chosen.length > 0 ? chosen : all.slice(0, 1)
}

type WindowFields = {
  timezone: string
  windowDays: readonly number[]
  windowStartMinute: number
  windowEndMinute: number
  /** Local dates, `YYYY-MM-DD`. */
  holidays: readonly string[]
}

/** The sending window of a mailbox as rules take it. */
export const toWindow = (mailbox: WindowFields): SendingWindow => ({
  timezone: mailbox.timezone,
  days: mailbox.windowDays,
  startMinute: mailbox.windowStartMinute,
  endMinute: mailbox.windowEndMinute,
  holidays: mailbox.holidays,
})
