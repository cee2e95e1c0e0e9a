import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resumeShift } from '../../support/resume-shift'

const now = new Date('2026-03-02T09:00:00Z')

describe('the shift of a resume', () => {
  it('moves all by how far the earliest is overdue: gaps hold, nothing is due before now', () => {
    const times = fc.array(fc.date({ min: new Date('2026-01-01'), max: new Date('2026-06-01'), noInvalidDate: true }), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(
      fc.property(times, (due) => {
        const shift = resumeShift(due, now)
        const earliest = Math.min(...due.map((time) => time.getTime()))
        expect(shift).toBe(Math.max(0, now.getTime() - earliest))
        for (const time of due)
          expect(time.getTime() + shift).toBeGreaterThanOrEqual(Math.min(now.getTime(), earliest + shift))
      }),
    )
    expect(resumeShift([], now)).toBe(0)
  })
})
