import { localDate } from '../time/local-time'
import type { PlanSlice } from './schedule'

/** A local day on which something leaves, with emails by step number. */
export type ForecastDay = { day: string; total: number; byStep: Record<number, number> }

export type LeavingByDay = {
  /** In order. */
  days: ForecastDay[]
  /** When the last email of each day leaves. */
  lastOfDay: Record<string, Date>
  firstAt: Date | null
  lastAt: Date | null
}

/** When the emails of a plan leave, by local day and step: each gap at its usual length. */
export function leavingByDay(slices: readonly PlanSlice[], timezone: string): LeavingByDay {
  const days = new Map<string, ForecastDay>()
  const last = new Map<string, number>()
  const add = (at: number, day: string, stepNumber: number, emails: number) => {
    const entry = days.get(day) ?? { day, total: 0, byStep: {} }
    entry.total += emails
    entry.byStep[stepNumber] = (entry.byStep[stepNumber] ?? 0) + emails
    days.set(day, entry)
    last.set(day, Math.max(at, last.get(day) ?? at))
  }
  for (const { scheduledFor, stepNumber, fromRank, toRank, leavesEveryMs } of slices) {
    const first = scheduledFor.getTime()
    const emails = toRank - fromRank + 1
    const end = first + (emails - 1) * leavesEveryMs
    const day = localDate(scheduledFor, timezone)
    if (localDate(new Date(end), timezone) === day) {
      add(end, day, stepNumber, emails)
      continue
    }
    for (let at = first; at <= end; at += leavesEveryMs) add(at, localDate(new Date(at), timezone), stepNumber, 1)
  }
  const times = [...last.values()]
  // A plan may have more slices than a function takes arguments.
  const first = slices.reduce(
    (least, { scheduledFor }) => Math.min(least, scheduledFor.getTime()),
    Number.POSITIVE_INFINITY,
  )
  return {
    days: [...days.values()].sort((a, b) => a.day.localeCompare(b.day)),
    lastOfDay: Object.fromEntries([...last].map(([day, at]) => [day, new Date(at)])),
    firstAt: slices.length > 0 ? new Date(first) : null,
    lastAt: times.length > 0 ? new Date(Math.max(...times)) : null,
  }
}
