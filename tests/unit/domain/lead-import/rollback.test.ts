import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  countFates,
  fateOf,
  type ImportedLead,
  keptOf,
  type LeadFate,
  NO_COUNTS,
  sumOf,
} from '@/domain/lead-import/rollback'

const lead = fc.record<ImportedLead>({
  added: fc.boolean(),
  changedByImport: fc.boolean(),
  stillThere: fc.boolean(),
  onlyThis: fc.boolean(),
  emailed: fc.boolean(),
  planned: fc.boolean(),
  elsewhere: fc.boolean(),
  changedSince: fc.boolean(),
})

it('takes away nobody who was emailed, is planned for, came from elsewhere, was edited, or was there before', () => {
  fc.assert(
    fc.property(lead, (one) => {
      const spared = !one.added || one.emailed || one.planned || one.elsewhere || one.changedSince
      expect(fateOf(one) === 'removed').toBe(!spared)
    }),
  )
})

it('gives back what it alone changed of leads of before, unless they were emailed or planned for since', () => {
  fc.assert(
    fc.property(lead, (one) => {
      const back = !one.added && one.changedByImport && one.onlyThis && !one.emailed && !one.planned
      expect(fateOf(one) === 'restored').toBe(back)
      if (!one.added && !one.changedByImport) expect(fateOf(one)).toBe('untouched')
    }),
  )
})

it('keeps whoever it kept when more is known of them: an email, a plan, another batch or an edit removes nobody', () => {
  const MORE = ['emailed', 'planned', 'elsewhere', 'changedSince'] as const
  fc.assert(
    fc.property(lead, fc.constantFrom(...MORE), (one, fact) => {
      if (fateOf(one) !== 'removed') expect(fateOf({ ...one, [fact]: true })).not.toBe('removed')
    }),
  )
})

it('counts each lead once, in parts or at once', () => {
  fc.assert(
    fc.property(fc.array(lead), fc.nat(), (leads, at) => {
      const fates = leads.map((one): LeadFate => fateOf(one))
      const whole = countFates(fates)
      const cut = at % (fates.length + 1)
      expect(countFates(fates.slice(cut), countFates(fates.slice(0, cut)))).toEqual(whole)
      expect(sumOf(whole)).toBe(leads.length)
      expect(whole.removed + whole.restored + whole.untouched + keptOf(whole)).toBe(leads.length)
      expect(sumOf(NO_COUNTS)).toBe(0)
    }),
  )
})
