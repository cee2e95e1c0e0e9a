import { isOpenAt } from '@/domain/time/open-hours'
import type { SendingWindow } from '@/domain/time/window'
import { localMs, weekdayOf } from './wall-clock'

/** Whether a sending window is open at a moment. */
export function isOpenNow(window: SendingWindow, at: Date): boolean {
  const local = localMs(at.getTime(), window.timezone)
  const shown = new Date(local)
  const minute = shown.getUTCHours() * 60 + shown.getUTCMinutes()
  return isOpenAt(window, { date: shown.toISOString().slice(0, 10), weekday: weekdayOf(local), minute })
}
