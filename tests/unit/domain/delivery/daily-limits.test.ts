import { describe, expect, it } from 'vitest'
import { isUnlimited, type LeftToday, takeOne, takeReserved } from '@/domain/delivery/daily-limits'

describe('what is left of the daily limits', () => {
  it('is the limit without what is reserved, for the mailbox and for each campaign', () => {
    const limits: LeftToday = new Map([
      [null, 50],
      ['a', 10],
      ['b', 5],
    ])
    const left = takeReserved(limits, [
      { campaignId: null, reserved: 20 },
      { campaignId: 'a', reserved: 10 },
    ])
    expect([...left]).toEqual([
      [null, 30],
      ['a', 0],
      ['b', 5],
    ])
  })

  it('goes below zero when a limit was lowered during the day', () => {
    expect(takeReserved(new Map([[null, 5]]), [{ campaignId: null, reserved: 8 }]).get(null)).toBe(-3)
  })

  it('has no limit where none is set, however much is reserved and taken', () => {
    const left = takeReserved(new Map([[null, null]]), [{ campaignId: null, reserved: 20 }])
    takeOne(left, 'a')
    expect([...left]).toEqual([[null, null]])
  })

  it('is one less for the mailbox and for the campaign of an email that is taken, not for another campaign', () => {
    const left: LeftToday = new Map([
      [null, 3],
      ['a', 2],
      ['b', 2],
    ])
    takeOne(left, 'a')
    expect([...left]).toEqual([
      [null, 2],
      ['a', 1],
      ['b', 2],
    ])
  })

  it('need not be read when neither the mailbox nor any campaign is limited', () => {
    expect(isUnlimited(new Map([[null, null]]))).toBe(true)
    expect(
      isUnlimited(
        new Map([
          [null, null],
          ['a', 0],
        ]),
      ),
    ).toBe(false)
  })
})
