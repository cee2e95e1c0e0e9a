import { describe, expect, it } from 'vitest'
import type { Forecast } from '@/components/campaigns/api-types'
import { dailyCapacity, limitWords, paceWords } from '@/components/campaigns/editor/draft/pace'
import { forecastDays } from '@/components/campaigns/editor/steps/forecast-days'
import { sendingMailboxes } from '@/domain/campaign/sending-mailboxes'

describe('the forecast', () => {
  const days: Forecast['days'] = [
    { day: '2026-11-19', total: 60, byStep: { 1: 60 } },
    { day: '2026-11-23', total: 120, byStep: { 2: 60, 3: 60 } },
  ]
  const weekdays = { windowDays: [1, 2, 3, 4, 5], holidays: ['2026-11-24'] }

  it('fills whole weeks, and says which days are closed', () => {
    const filled = forecastDays(days, [1, 2, 3], [weekdays])
    expect(filled).toHaveLength(7)
    expect(filled[0]).toEqual({ date: '2026-11-19', counts: [60, 0, 0] })
    expect(filled.filter(({ closed }) => closed).map(({ date }) => date)).toEqual([
      '2026-11-21',
      '2026-11-22',
      '2026-11-24',
    ])
    expect(filled[4]?.counts).toEqual([0, 60, 60])
  })

  it('calls a day open when one mailbox is', () => {
    const always = { windowDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] }
    expect(forecastDays(days, [1], [weekdays, always]).some(({ closed }) => closed)).toBe(false)
  })

  it('is empty when nothing is planned', () => {
    expect(forecastDays([], [1], [weekdays])).toEqual([])
  })

  it('names the limit that makes leads start on different days', () => {
    const boxes = [{ dailyLimit: 60 }, { dailyLimit: 40 }]
    const spread = [
      { day: '2026-11-19', total: 100, byStep: { 1: 100 } },
      { day: '2026-11-20', total: 20, byStep: { 1: 20 } },
    ]
    const fits = 'Leads start on 2 different days, so that every step fits'
    expect(paceWords({ days: spread }, boxes, null)).toEqual({
      fact: '100 per day: the limit of 2 mailboxes',
      note: `${fits}.`,
    })
    expect(paceWords({ days: spread }, [{ dailyLimit: null }], 110)).toEqual({
      fact: "110 per day: the campaign's own limit",
      note: `${fits} beside the emails of other campaigns.`,
    })
  })

  it('says of a mailbox that ramps up what it sends today, and that it sends fewer at first', () => {
    const young = { dailyLimit: 60, limitToday: 10 }
    expect(limitWords(young)).toBe('10 today, up to 60 per day')
    expect(limitWords({ dailyLimit: 60, limitToday: 60 })).toBe('60 per day')
    expect(paceWords({ days }, [young], null).note).toBe(
      '60 per day is the limit of 1 mailbox; the busiest day needs 120. A mailbox that ramps up sends fewer at first.',
    )
  })

  it('says that no limit binds when all leads start together', () => {
    expect(paceWords({ days }, [{ dailyLimit: 200 }], null)).toEqual({
      fact: 'All leads start on the same day',
      note: '200 per day is the limit of 1 mailbox; the busiest day needs 120.',
    })
    expect(paceWords({ days }, [{ dailyLimit: null }], null).note).toBe('No daily limit; the busiest day needs 120.')
    expect(dailyCapacity([{ dailyLimit: 60 }, { dailyLimit: null }])).toBeNull()
  })

  it('names the gap where it leaves room for fewer emails than the limit', () => {
    const office = { windowStartMinute: 540, windowEndMinute: 1020 }
    const box = { ...office, dailyLimit: 200, minGapSeconds: 1800, gapJitterSeconds: 0 }
    const spread = [
      { day: '2026-11-19', total: 16, byStep: { 1: 16 } },
      { day: '2026-11-20', total: 4, byStep: { 1: 4 } },
    ]
    expect(paceWords({ days: spread }, [box], null)).toEqual({
      fact: 'The gap sets the pace: 16 per day',
      note: 'Leads start on 2 different days, so that every step fits.',
    })
    expect(dailyCapacity([box, { dailyLimit: 60 }])).toBe(76)
    expect([limitWords(box), limitWords({ dailyLimit: 60 }), limitWords({ dailyLimit: null })]).toEqual([
      '16 per day, set by the gap',
      '60 per day',
      'no daily limit',
    ])
  })

  it('sends from the first mailbox when none is chosen', () => {
    const all = [{ id: 'a' }, { id: 'b' }]
    expect(sendingMailboxes(all, [])).toEqual([{ id: 'a' }])
    expect(sendingMailboxes(all, ['b', 'gone'])).toEqual([{ id: 'b' }])
  })
})
