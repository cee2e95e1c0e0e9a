import type { SendingWindow } from './window'

/** A date as calendars of a place show it: `YYYY-MM-DD`, and its ISO weekday. */
type LocalDay = { date: string; weekday: number }

/** Whether the window opens on a local date at all. */
export const isOpenDate = ({ days, holidays }: SendingWindow, { date, weekday }: LocalDay): boolean =>
  days.includes(weekday) && !holidays.includes(date)

/** Whether the window is open at a local date and a minute after its midnight, both in the window's own zone. */
export const isOpenAt = (window: SendingWindow, local: LocalDay & { minute: number }): boolean =>
  isOpenDate(window, local) && local.minute >= window.startMinute && local.minute < window.endMinute
