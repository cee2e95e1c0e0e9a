import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar, type LeadEmail, planLead } from '@/domain/campaign/changes/lead-plan'
import { checkStepsChange, type PresentStep, type ProposedStep } from '@/domain/campaign/changes/steps'
import { daysLater } from '@/domain/time/local-time'
import { alwaysOpen, isOpen, type SendingWindow } from '@/domain/time/window'

const T0 = new Date('2026-03-02T09:00:00Z')
const days = (n: number, zone = 'UTC') => daysLater(T0, n, zone)
const step = (wait: number, was: number | null): ProposedStep => ({
  templateId: 't',
  daysAfterPrevious: wait,
  replyInThread: false,
  was,
})
const steps = (...waits: number[]): PresentStep[] => waits.map((wait) => step(wait, null))

/** A lead that has got the first `sent` steps, each at its time. */
const leadOf = (waits: readonly number[], sent: number, zone = 'UTC'): LeadEmail[] => {
  let day = 0
  return waits.map((wait, i) => {
    day += i === 0 ? 0 : wait
    const dueAt = days(day, zone)
    const isSent = i < sent
    return { id: `e${i + 1}`, step: i + 1, status: isSent ? 'sent' : 'pending', dueAt, leftAt: isSent ? dueAt : null }
  })
}
const at = (now: Date, window: SendingWindow = alwaysOpen('UTC'), goesOn = true) => ({
  calendar: createCalendar(window),
  now,
  goesOn,
})

describe("a lead's emails by a changed sequence", () => {
  it('moves a step whose wait has grown, and all that follow, by the difference', () => {
    const change = checkStepsChange(steps(0, 2, 3), [step(0, 1), step(5, 2), step(3, 3)], 1)
    expect(planLead(leadOf([0, 2, 3], 1), change, at(days(1)))).toEqual({
      moved: [
        { id: 'e2', dueAt: days(5) },
        { id: 'e3', dueAt: days(8) },
      ],
      added: [],
    })
  })

  it('leaves alone who has got that step already', () => {
    const change = checkStepsChange(steps(0, 2, 3), [step(0, 1), step(5, 2), step(3, 3)], 2)
    expect(planLead(leadOf([0, 2, 3], 2), change, at(days(3)))).toEqual({ moved: [], added: [] })
  })

  it('keeps the gap to the next step where a shorter wait is over already', () => {
    const change = checkStepsChange(steps(0, 9, 3), [step(0, 1), step(1, 2), step(3, 3)], 1)
    expect(planLead(leadOf([0, 9, 3], 1), change, at(days(4))).moved).toEqual([
      { id: 'e2', dueAt: days(4) },
      { id: 'e3', dueAt: days(7) },
    ])
  })

  it('plans a step at the end by its wait after the last email, sent or not', () => {
    const change = checkStepsChange(steps(0, 2), [step(0, 1), step(2, 2), step(4, null)], 1)
    expect(planLead(leadOf([0, 2], 1), change, at(days(1))).added).toEqual([{ step: 3, dueAt: days(6) }])
    expect(planLead(leadOf([0, 2], 2), change, at(days(3))).added).toEqual([{ step: 3, dueAt: days(6) }])
  })

  it('puts a step between others, which make room for it', () => {
    const change = checkStepsChange(steps(0, 2), [step(0, 1), step(4, null), step(2, 2)], 1)
    expect(planLead(leadOf([0, 2], 1), change, at(days(1)))).toEqual({
      moved: [{ id: 'e2', dueAt: days(6) }],
      added: [{ step: 2, dueAt: days(4) }],
    })
  })

  it('plans nothing for a lead whose sequence has ended', () => {
    const change = checkStepsChange(steps(0, 2), [step(0, 1), step(2, 2), step(4, null)], 2)
    const skipped = leadOf([0, 2], 1).map((email) =>
      email.status === 'pending' ? { ...email, status: 'skipped' as const } : email,
    )
    expect(planLead(skipped, change, at(days(1)))).toEqual({ moved: [], added: [] })
    expect(planLead(leadOf([0, 2], 2), change, at(days(3), alwaysOpen('UTC'), false)).added).toEqual([])
  })

  it('closes the gap that a step leaves which is taken out', () => {
    const change = checkStepsChange(steps(0, 2, 3), [step(0, 1), step(3, 3)], 1)
    expect(planLead(leadOf([0, 2, 3], 1), change, at(days(1))).moved).toEqual([{ id: 'e3', dueAt: days(3) }])
  })
})

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']
const windows = fc.record({
  timezone: fc.constantFrom(...ZONES),
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  startMinute: fc.constantFrom(0, 480, 540),
  endMinute: fc.constantFrom(1020, 1440),
  holidays: fc.constantFrom<string[]>([], ['2026-03-05'], ['2026-03-29', '2026-03-30']),
})
const waits = fc
  .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
  .map((later) => [0, ...later] as const)

/** A sequence, how much of it a lead has got, and another one: other waits, steps added behind what was sent. */
const changes = waits.chain((before) =>
  fc.record({
    before: fc.constant(before),
    sent: fc.integer({ min: 0, max: before.length }),
    longer: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: before.length, maxLength: before.length }),
    insert: fc.option(fc.record({ wait: fc.integer({ min: 1, max: 9 }), place: fc.nat(4) })),
    removes: fc.boolean(),
    minutes: fc.integer({ min: 0, max: 40 * 1440 }),
    window: windows,
  }),
)
type Drawn = typeof changes extends fc.Arbitrary<infer T> ? T : never
function proposalOf({ before, sent, longer, insert, removes }: Drawn) {
  const kept = before.map((_, i) => step(i === 0 ? 0 : (longer[i] ?? 1), i + 1))
  if (removes && sent < before.length && before.length > 1) kept.pop()
  const place = insert ? Math.min(kept.length, Math.max(1, sent, insert.place)) : 0
  return insert ? [...kept.slice(0, place), step(insert.wait, null), ...kept.slice(place)] : kept
}

describe('any change of a sequence', () => {
  it('keeps the order, 24 hours, the windows and the present, and never touches what was sent', () => {
    fc.assert(
      fc.property(changes, (drawn) => {
        const { before, sent, minutes, window } = drawn
        const emails = leadOf(before, sent, window.timezone)
        const change = checkStepsChange(steps(...before), proposalOf(drawn), sent)
        const now = new Date(T0.getTime() + minutes * 60_000)
        const { moved, added } = planLead(emails, change, at(now, window))
        const byId = new Map(emails.map((email) => [email.id, email]))
        for (const { id, dueAt } of moved) {
          expect(byId.get(id)?.status).toBe('pending')
          expect(isOpen(window, dueAt)).toBe(true)
          expect(dueAt >= now).toBe(true)
        }
        const times = change.after.flatMap(({ was }, i) => {
          const email = emails.find((one) => one.step === was)
          const time = moved.find(({ id }) => id === email?.id)?.dueAt ?? email?.dueAt
          return time ?? added.find((one) => one.step === i + 1)?.dueAt ?? []
        })
        // Each lead has each step of the new sequence once.
        expect(times).toHaveLength(change.after.length)
        const touched = new Set([...moved, ...added].map(({ dueAt }) => dueAt.getTime()))
        for (const [i, time] of times.entries()) {
          const previous = times[i - 1]
          if (!previous) continue
          expect(time > previous).toBe(true)
          if (touched.has(time.getTime()))
            expect(time.getTime() - previous.getTime()).toBeGreaterThanOrEqual(86_400_000)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is taken back by its reverse, to the millisecond, where nothing was in the way', () => {
    fc.assert(
      fc.property(changes, fc.constantFrom(...ZONES), (drawn, zone) => {
        const { sent } = drawn
        // A day apart, an hour that the clocks skip would be in the way: emails keep 24 hours.
        const before = drawn.before.map((wait, i) => (i === 0 ? 0 : wait + 1))
        const emails = leadOf(before, sent, zone)
        const longer = before.map((wait, i) => (i === 0 ? 0 : wait + (drawn.longer[i] ?? 0)))
        const forth = checkStepsChange(
          steps(...before),
          longer.map((wait, i) => step(wait, i + 1)),
          sent,
        )
        const back = checkStepsChange(
          steps(...longer),
          before.map((wait, i) => step(wait, i + 1)),
          sent,
        )
        const { moved } = planLead(emails, forth, at(T0, alwaysOpen(zone)))
        const then = emails.map((email) => ({
          ...email,
          dueAt: moved.find(({ id }) => id === email.id)?.dueAt ?? email.dueAt,
        }))
        const returned = planLead(then, back, at(T0, alwaysOpen(zone))).moved
        for (const { id, dueAt } of returned) expect(dueAt).toEqual(emails.find((email) => email.id === id)?.dueAt)
        expect(returned).toHaveLength(moved.length)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('what of a sequence may change', () => {
  const before = steps(0, 2, 3)
  const refusal = (after: ProposedStep[], reached: number) => {
    try {
      checkStepsChange(before, after, reached)
      return null
    } catch (error) {
      return (error as Error).message
    }
  }

  it('lets steps come and go only behind what somebody has got', () => {
    const between = [step(0, 1), step(2, 2), step(1, null), step(3, 3)]
    expect(refusal(between, 2)).toBeNull()
    expect(refusal(between, 3)).toBe(
      'A step can be added only behind step 3: leads have got that one already. Nothing was changed.',
    )
    expect(refusal([step(0, 1), step(2, 2)], 2)).toBeNull()
    expect(refusal([step(0, 1), step(2, 2)], 3)).toBe(
      'Step 3 cannot be taken out: leads have got it, or a later one. Nothing was changed.',
    )
  })

  it('keeps the first step and the order', () => {
    expect(refusal([step(0, null), step(1, 1), step(2, 2), step(3, 3)], 0)).toContain('Step 1 stays the first')
    expect(refusal([step(0, 1), step(3, 3), step(2, 2)], 0)).toContain('keep their order')
    expect(refusal([step(0, 1), step(2, 2), step(3, 2)], 0)).toContain('keep their order')
  })
})
