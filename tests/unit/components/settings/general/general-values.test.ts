import { describe, expect, it } from 'vitest'
import { readAnswerRules, readFailureRules, readSender } from '@/components/settings/general/general-checks'
import { generalValues, heldWords } from '@/components/settings/general/general-values'

const stored = {
  companyName: 'Nexa',
  postalAddress: 'Main Street 1\n10115 Berlin',
  defaultTimezone: 'Europe/Berlin',
  maxAttempts: 3,
  heldResolveAfterHours: 72,
  heldResolution: 'delivered',
  awayDays: 7,
  freshReadMinutes: 15,
  auditDays: 400,
  checklistDismissedAt: null,
  updatedAt: new Date(0),
}

describe('the general settings', () => {
  it('are saved as they were read', () => {
    const { checklistDismissedAt: _, updatedAt: _u, auditDays: _days, ...input } = stored
    const { companyName, postalAddress, defaultTimezone, awayDays, freshReadMinutes, ...failures } = input
    const sender = { companyName, postalAddress, defaultTimezone }
    expect(readSender(generalValues(stored))).toEqual({ ok: true, input: sender })
    expect(readFailureRules(generalValues(stored))).toEqual({ ok: true, input: failures })
    expect(readAnswerRules(generalValues(stored))).toEqual({ ok: true, input: { awayDays, freshReadMinutes } })
  })

  it('refuse days and minutes that nobody could wait for', () => {
    const read = (awayDays: string, freshReadMinutes: string) => readAnswerRules({ awayDays, freshReadMinutes })
    expect(read('100', '1440')).toEqual({ ok: true, input: { awayDays: 100, freshReadMinutes: 1440 } })
    for (const [days, minutes] of [
      ['0', '0'],
      ['101', '1441'],
      ['', '1.5'],
    ] as const) {
      expect(read(days, minutes)).toEqual({
        ok: false,
        errors: {
          awayDays: 'A whole number of days from 1 to 100.',
          freshReadMinutes: 'A whole number of minutes from 1 to 1440.',
        },
      })
    }
  })

  it('keep what was chosen for later when only a person decides', () => {
    const read = readFailureRules({ ...generalValues(stored), held: 'person', heldHours: 'nonsense' })
    expect(read).toMatchObject({ ok: true, input: { heldResolveAfterHours: 0 } })
    expect(read.ok && read.input).not.toHaveProperty('heldResolution')
    expect(generalValues({ ...stored, heldResolveAfterHours: 0 })).toMatchObject({ held: 'person', heldHours: '72' })
  })

  it('refuse 0 hours where the choice is to decide by itself: that would mean never', () => {
    for (const heldHours of ['0', '', '1.5', '721']) {
      expect(readFailureRules({ ...generalValues(stored), held: 'again', heldHours })).toEqual({
        ok: false,
        errors: { heldHours: 'A whole number of hours from 1 to 720.' },
      })
    }
  })

  it('say what to mend', () => {
    expect(readFailureRules({ ...generalValues(stored), maxAttempts: '30' })).toEqual({
      ok: false,
      errors: { maxAttempts: 'A whole number from 1 to 10.' },
    })
  })

  it('say what to fix about the sender, each card for itself', () => {
    const values = {
      ...generalValues(stored),
      companyName: 'x'.repeat(121),
      defaultTimezone: 'Nowhere',
      maxAttempts: '0',
    }
    expect(readSender(values)).toEqual({
      ok: false,
      errors: {
        companyName: 'One line of at most 120 characters.',
        defaultTimezone: 'Choose a time zone from the list.',
      },
    })
  })

  it('say in a sentence what happens with held emails', () => {
    expect(heldWords(generalValues(stored))).toBe('After 72 h without a decision: treated as delivered')
    expect(heldWords({ held: 'again', heldHours: '5' })).toBe('After 5 h without a decision: sent again')
    expect(heldWords({ held: 'person', heldHours: '5' })).toBe('Only a person decides')
  })
})
