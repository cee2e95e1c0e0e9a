import { DAY_MS } from '../time/duration'

/** Of how many days, weeks (from Monday on) and months the latest backup is kept, in UTC; periods without one do not count. */
export const KEPT = { days: 7, weeks: 4, months: 12 } as const

// The first Monday of the era was its fifth day.
const MONDAY_MS = 4 * DAY_MS

const dayOf = (at: Date) => Math.floor(at.getTime() / DAY_MS)

const PERIODS = [
  { kept: KEPT.days, of: dayOf },
  { kept: KEPT.weeks, of: (at: Date) => Math.floor((at.getTime() - MONDAY_MS) / (7 * DAY_MS)) },
  { kept: KEPT.months, of: (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth() },
]

/** The backups of these times that are not needed any more: those that are the latest of no day, week or month that is kept. */
export function backupsToDelete<Backup extends { at: Date }>(backups: readonly Backup[]): Backup[] {
  const newestFirst = backups.toSorted((a, b) => b.at.getTime() - a.at.getTime())
  const needed = new Set<Backup>()
  for (const { kept, of } of PERIODS) {
    const latest = new Map<number, Backup>()
    for (const backup of newestFirst) if (!latest.has(of(backup.at))) latest.set(of(backup.at), backup)
    for (const backup of [...latest.values()].slice(0, kept)) needed.add(backup)
  }
  return backups.filter((backup) => !needed.has(backup))
}

/** Whether a backup is due: none was made on this day yet, in UTC. */
export const isBackupDue = (made: readonly Date[], now: Date): boolean => !made.some((at) => dayOf(at) === dayOf(now))

// Tried every hour: what nobody tries any more was switched off, and is no failure.
const TRIED_EVERY_MS = 26 * 3_600_000

/** The earliest last attempt of backups that fail now. */
export const failingSince = (now: Date): Date => new Date(now.getTime() - TRIED_EVERY_MS)

/** Whether the last attempt, which failed at this time, says that backups fail now. */
export const isFailingNow = (triedAt: Date | null, now: Date): boolean =>
  triedAt !== null && triedAt > failingSince(now)

// One is made every day of UTC: between two there are less than two days, and a worker may be down for some hours.
const OLDEST_MS = 50 * 3_600_000

/** Whether the last scheduled backup is as young as one of every day is. */
export const isBackupRecent = (madeAt: Date | null, now: Date): boolean =>
  madeAt !== null && now.getTime() - madeAt.getTime() < OLDEST_MS

const NAME = /^leadnexconnect-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z\.tar\.zst$/

/** Name of the file of a scheduled backup. */
export const nameOfBackup = (at: Date): string =>
  `leadnexconnect-${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.zst`

/** When a scheduled backup was made, by its name; null for any other file, which is nobody's to delete. */
export function timeOfBackup(name: string): Date | null {
  const [, day, hour, minute, second] = NAME.exec(name) ?? []
  if (!day) return null
  const at = new Date(`${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at.getTime()) ? null : at
}
