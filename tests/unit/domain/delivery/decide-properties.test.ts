import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { CAMPAIGN_STATUSES } from '@/domain/campaign/state'
import { decide, type EmailFacts } from '@/domain/delivery/decide'
import { endReasonOf, LEAD_STATUSES } from '@/domain/lead/status'
import { alwaysOpen } from '@/domain/time/window'

const now = new Date('2026-03-02T09:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const inHours = (hours: number) => ago(-hours)
const night = { timezone: 'UTC', days: [1, 2, 3, 4, 5], startMinute: 1260, endMinute: 1320, holidays: [] }

it('never sends what must not be sent, and every deferral names a later time', () => {
  const anyFacts: fc.Arbitrary<EmailFacts> = fc.record({
    campaignStatus: fc.constantFrom(...CAMPAIGN_STATUSES),
    campaignTimezone: fc.constantFrom('UTC', 'Pacific/Apia', 'America/New_York'),
    continueAfterReply: fc.boolean(),
    isFirstStep: fc.boolean(),
    scheduledFor: fc.constantFrom(ago(1), now, inHours(1)),
    previousStep: fc.option(fc.constantFrom(...EMAIL_STATUSES)),
    lead: fc.record({
      status: fc.constantFrom(...LEAD_STATUSES),
      email: fc.constant('x@y.example'),
      emailValid: fc.boolean(),
      suppressed: fc.boolean(),
      takenOut: fc.boolean(),
      lastContactedAt: fc.option(fc.constantFrom(ago(30), ago(24), ago(1))),
      awayUntil: fc.option(fc.constantFrom(ago(1), now, inHours(30))),
    }),
    mailbox: fc.record({
      window: fc.constantFrom(alwaysOpen('UTC'), night),
      health: fc.constantFrom('ready' as const, 'cooling_down' as const, 'stopped' as const),
      healthReason: fc.constant(null),
      coolDownUntil: fc.option(fc.constantFrom(ago(1), inHours(1))),
      nextSendAt: fc.option(fc.constantFrom(ago(1), inHours(1))),
      firstStepsPausedUntil: fc.option(fc.constantFrom(ago(1), inHours(1))),
      answersRead: fc.option(fc.boolean()),
    }),
    hasPostalAddress: fc.boolean(),
    leftToday: fc.record({
      mailbox: fc.option(fc.integer({ min: -1, max: 2 })),
      campaign: fc.option(fc.integer({ min: -1, max: 2 })),
    }),
  })
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const decision = decide(facts, now)
      if (decision.kind === 'defer') expect(decision.until > now).toBe(true)
      if (decision.kind !== 'send') return
      expect(facts.campaignStatus).toBe('running')
      expect(endReasonOf(facts.lead.status, facts)).toBeNull()
      expect(facts.lead.suppressed).toBe(false)
      expect(facts.lead.takenOut).toBe(false)
      expect(facts.lead.emailValid).toBe(true)
      expect(facts.scheduledFor <= now).toBe(true)
      expect([null, 'sent']).toContain(facts.previousStep)
      expect(facts.hasPostalAddress).toBe(true)
      expect(facts.mailbox.health).not.toBe('stopped')
      expect(facts.lead.awayUntil === null || facts.lead.awayUntil <= now).toBe(true)
      expect(facts.isFirstStep || facts.mailbox.answersRead !== false).toBe(true)
      expect(facts.leftToday.mailbox ?? 1).toBeGreaterThan(0)
      expect(facts.leftToday.campaign ?? 1).toBeGreaterThan(0)
    }),
    { numRuns: 5000 },
  )
})
