import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backupsToDelete, isBackupDue, KEPT, nameOfBackup, timeOfBackup } from '@/domain/backup/keep'
import { DAY_MS } from '@/domain/time/duration'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 0, 1)

/** Times of backups, to the second, over some years. */
const times = fc
  .uniqueArray(fc.integer({ min: 0, max: 3 * 365 * 24 * 3600 }), { maxLength: 200 })
  .map((seconds) => seconds.map((second) => ({ at: new Date(START + second * 1000) })))

const kept = (backups: { at: Date }[]) => {
  const gone = new Set(backupsToDelete(backups))
  return backups.filter((backup) => !gone.has(backup))
}
const instants = (backups: { at: Date }[]) => backups.map(({ at }) => at.getTime()).toSorted((a, b) => a - b)

describe('which backups are kept', () => {
  it('the latest of seven days, four weeks and twelve months: no more than those', () => {
    fc.assert(
      fc.property(times, (backups) => {
        expect(kept(backups).length).toBeLessThanOrEqual(KEPT.days + KEPT.weeks + KEPT.months)
      }),
    )
  })

  it('the newest always, in whatever order they are found', () => {
    fc.assert(
      fc.property(times, (backups) => {
        const newest = instants(backups).at(-1)
        expect(instants(kept(backups)).at(-1)).toBe(newest)
        expect(instants(kept(backups.toReversed()))).toEqual(instants(kept(backups)))
      }),
    )
  })

  it('looking again deletes nothing more', () => {
    fc.assert(
      fc.property(times, (backups) => {
        expect(backupsToDelete(kept(backups))).toEqual([])
      }),
    )
  })

  it('deleting after each backup leaves what deleting once at the end would', () => {
    fc.assert(
      fc.property(times, (backups) => {
        const inOrder = backups.toSorted((a, b) => a.at.getTime() - b.at.getTime())
        let stepwise: typeof backups = []
        for (const backup of inOrder) stepwise = kept([...stepwise, backup])
        expect(instants(stepwise)).toEqual(instants(kept(backups)))
      }),
    )
  })

  it('of one a day for two years: the last seven days, the ends of four weeks and of twelve months', () => {
    const daily = Array.from({ length: 730 }, (_, day) => ({ at: new Date(START + day * DAY_MS + 2 * HOUR_MS) }))
    // 2027-12-31 is a Friday.
    expect(kept(daily).map(({ at }) => at.toISOString().slice(0, 10))).toEqual([
      ...['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30'],
      ...['2027-07-31', '2027-08-31', '2027-09-30', '2027-10-31', '2027-11-30'],
      ...['2027-12-12', '2027-12-19'],
      ...['2027-12-25', '2027-12-26', '2027-12-27', '2027-12-28', '2027-12-29', '2027-12-30', '2027-12-31'],
    ])
  })

  it('one is due on each day, whatever its hour', () => {
    const made = [new Date('2026-03-01T23:59:59Z')]
    expect(isBackupDue(made, new Date('2026-03-02T00:00:00Z'))).toBe(true)
    expect(isBackupDue(made, new Date('2026-03-01T00:00:00Z'))).toBe(false)
    expect(isBackupDue([], new Date('2026-03-01T00:00:00Z'))).toBe(true)
  })
})

describe('names of files', () => {
  it('say when a backup was made', () => {
    fc.assert(
      fc.property(times, (backups) => {
        for (const { at } of backups) expect(timeOfBackup(nameOfBackup(at))).toEqual(at)
      }),
    )
  })

  it.each([
    'leadnexconnect-2026-03-01T02-00-00Z.tar.zst.partial',
    'before-the-upgrade.tar.zst',
    'leadnexconnect-2026-13-01T02-00-00Z.tar.zst',
    'notes.txt',
  ])('%s is none of ours to delete', (name) => {
    expect(timeOfBackup(name)).toBeNull()
  })
})
