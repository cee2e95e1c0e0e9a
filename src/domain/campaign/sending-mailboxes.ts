import type { SendingWindow } from '../time/window'

/** The mailboxes that a campaign sends from, of all that there are: see `chosenOrFirst`. */
export const sendingMailboxes = <Mailbox extends { id: string }>(
  all: readonly Mailbox[],
  chosenIds: readonly string[],
): Mailbox[] =>
  chosenOrFirst(
    all.filter(({ id }) => chosenIds.includes(id)),
    all,
  )

/** The chosen mailboxes, or the first of all (oldest first) when none is chosen: a start then makes that the campaign's own. */
export const chosenOrFirst = <Mailbox>(chosen: readonly Mailbox[], all: readonly Mailbox[]): Mailbox[] =>
  chosen.length > 0 ? [...chosen] : all.slice(0, 1)

export type WindowFields = {
  timezone: string
  windowDays: readonly number[]
  windowStartMinute: number
  windowEndMinute: number
  /** Local dates, `YYYY-MM-DD`, or as the table holds them: midnight in UTC. */
  holidays: readonly (string | Date)[]
}

/** The sending window of a mailbox, from its settings. */
export const toWindow = (mailbox: WindowFields): SendingWindow => ({
  timezone: mailbox.timezone,
  days: mailbox.windowDays,
  startMinute: mailbox.windowStartMinute,
  endMinute: mailbox.windowEndMinute,
  holidays: mailbox.holidays.map((day) => (typeof day === 'string' ? day : day.toISOString().slice(0, 10))),
})
