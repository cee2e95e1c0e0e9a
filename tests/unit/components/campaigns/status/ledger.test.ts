import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sentCaption } from '@/components/campaigns/detail/progress/ledger-text'
import { progressDays } from '@/components/campaigns/detail/progress/progress-days'
import { ledgerSegments } from '@/components/campaigns/status/ledger-segments'
import { EMAIL_STATUSES, EMPTY_LEDGER, type EmailStatus, ledgerOf } from '@/domain/campaign/progress'

it('shows parts that always add up to what was planned', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ status: fc.constantFrom(...EMAIL_STATUSES), count: fc.nat(100_000) })),
      (counts) => {
        const ledger = ledgerOf(counts)
        expect(ledgerSegments(ledger).reduce((sum, { count }) => sum + count, 0)).toBe(ledger.planned)
      },
    ),
  )
})

it('names passing states only while there is something in them', () => {
  const labels = (counts: Partial<Record<EmailStatus, number>>) =>
    ledgerSegments({ ...EMPTY_LEDGER, ...counts }).map(({ label }) => label)
  expect(labels({})).toEqual(['sent', 'pending', 'held', 'failed', 'skipped'])
  expect(labels({ sending: 1, cancelled: 1 })).toEqual([
    'sent',
    'sending',
    'pending',
    'held',
    'failed',
    'skipped',
    'cancelled',
  ])
})

it('says beside held emails what holds them', () => {
  expect(ledgerSegments({ ...EMPTY_LEDGER, held: 2, planned: 2 }).map(({ label }) => label)).toContain(
    'held, delivery unknown',
  )
})

it('says how much of what was sent is only assumed', () => {
  expect(sentCaption({ sent: 20_000, planned: 20_000 }, 9)).toBe(
    'of 20,000 planned emails sent · 100 % · 9 of them assumed',
  )
  expect(sentCaption({ sent: 5, planned: 10 }, 0)).toBe('of 10 planned emails sent · 50 %')
})

it('links a part to its emails, but not a part of nothing', () => {
  const segments = ledgerSegments({ ...EMPTY_LEDGER, sent: 3, planned: 3 }, (status) => `?status=${status}`)
  expect(segments.map(({ href }) => href)).toEqual(['?status=sent', undefined, undefined, undefined, undefined])
})

it('draws every day between the first and the last email, what failed apart from what is still to come', () => {
  const bars = progressDays([
    { day: '2026-11-20', planned: 10, sent: 7, failed: 1 },
    { day: '2026-11-23', planned: 5, sent: 0, failed: 0 },
  ])
  expect(bars).toEqual([
    { label: 'Fri 20', done: 7, failed: 1, open: 2 },
    { label: 'Sat 21', done: 0, failed: 0, open: 0 },
    { label: 'Sun 22', done: 0, failed: 0, open: 0 },
    { label: 'Mon 23', done: 0, failed: 0, open: 5 },
  ])
})

it('leaves empty days out of very long campaigns', () => {
  expect(
    progressDays([
      { day: '2026-01-05', planned: 1, sent: 1, failed: 0 },
      { day: '2026-06-05', planned: 1, sent: 0, failed: 0 },
    ]).map(({ label }) => label),
  ).toEqual(['5 Jan', '5 Jun'])
})
