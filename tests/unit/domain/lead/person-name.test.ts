import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeNames } from '@/domain/lead/csv-row'
import { normaliseField } from '@/domain/lead/normalise'
import { firstNameOf, greetingName, spokenName } from '@/domain/lead/person-name'
import { leadValues } from '@/domain/message/variables'

describe('the first name in a full name', () => {
  it.each([
    ['Liv Berg, MSc', 'Liv'],
    ['Ole Lund PhD', 'Ole'],
    ['Ole Lund, PMP, CISSP', 'Ole'],
    ['✨ Liv Berg', 'Liv'],
    ['Liv (Livi) Berg', 'Liv'],
    ['Ole "Olli" Lund', 'Ole'],
    ['LIV BERG', 'Liv'],
    ['liv berg', 'Liv'],
    ['ANNE-MARIE BERG', 'Anne-Marie'],
    ['İBRAHİM KOÇ', 'İbrahim'],
    ['Frau Dr. Åse Berg', 'Åse'],
    ['Dipl.-Ing. Ole Lund', 'Ole'],
    ['Berg, Prof. Liv', 'Liv'],
    ['Rechtsanwältin Liv Berg', 'Liv'],
    ['RA Ole Lund', 'Ole'],
    ['Fräulein Liv Berg', 'Liv'],
    ['Doña Ana Ramos', 'Ana'],
    ['Avv. Mario Rossi', 'Mario'],
    ['Monsieur Jean Dupont', 'Jean'],
    ['pan Jan Novák', 'Jan'],
    ['Berg-H., Liv', 'Liv'],
    ['van den Berg, Liv', 'Liv'],
    ['Berg, Liv, MBA', 'Liv'],
    ['Trần Văn Hùng', 'Hùng'],
  ])('%j greets %s', (fullName, first) => {
    expect(firstNameOf(fullName)).toBe(first)
  })

  it.each([
    'Prof. Berg',
    'Mrs Berg',
    'L. Berg',
    'Berg',
    'Berg MBA',
    'van den Berg',
    'Team Vertrieb',
    'Sales Department',
    'Fjell Handel GmbH',
    'Liv & Ole Berg',
    'Sehr geehrte Frau Berg',
    'Lieber Herr Lund',
    'Geschäftsführer Ole Lund',
    'CEO Ole Lund',
    'Geschäftsleitung Fjell',
    'Büro Lund',
    'Señora Ramos',
    'Liv Berg, Head of Sales',
    '김 민지',
    'Tran Hung',
    '★',
    '',
  ])('%j greets nobody', (fullName) => {
    expect(firstNameOf(fullName)).toBeNull()
  })

  it('is one word of letters, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const first = firstNameOf(text)
        return first === null || /^\p{L}[\p{L}\p{M}'’-]+$/u.test(first)
      }),
    )
  })
})

describe('a first name that stands by itself', () => {
  it.each([
    ['Prof. Liv', 'Liv'],
    ['Liv (Livi)', 'Liv'],
    ['🚀 Liv', 'Liv'],
    ['Anne Marie', 'Anne Marie'],
    ['Liv, MBA', 'Liv'],
    ['LIV', 'LIV'],
    ['花', '花'],
    ['Berg, Liv', 'Liv'],
    ['N.N.', null],
    ['Geschäftsführer', null],
    ['Büro', null],
    ['CEO', null],
    ['Vorname', null],
    ['L.', null],
    ['Mr', null],
    ['van', null],
    ['Team', null],
  ])('%j greets %j', (name, greeting) => {
    expect(greetingName(name)).toBe(greeting)
  })

  it('is stored without what stands around it, and as it was typed where nothing is left', () => {
    expect(normaliseField('firstName', 'Dr. Liv')).toBe('Liv')
    expect(normaliseField('firstName', 'L.')).toBe('L.')
  })
})

describe('a name with the family name in front', () => {
  it('is turned into the order in which it is spoken', () => {
    expect(spokenName('Berg, Liv')).toEqual({ name: 'Liv Berg', family: 'Berg' })
    expect(spokenName('Berg, Liv, MBA')).toEqual({ name: 'Liv Berg, MBA', family: 'Berg' })
    expect(spokenName('Liv Berg, MBA')).toEqual({ name: 'Liv Berg, MBA', family: null })
    expect(spokenName('Fjell, Lys & Co.')).toEqual({ name: 'Fjell, Lys & Co.', family: null })
  })

  it('gives its parts to a lead that has none', () => {
    expect(completeNames({ contactName: 'Berg, Liv', firstName: null, lastName: null })).toEqual({
      contactName: 'Liv Berg',
      firstName: 'Liv',
      lastName: 'Berg',
    })
  })
})

it('import and email follow one rule, for what was stored before it, too', () => {
  const values = (lead: object) => leadValues({ email: 'a@x.example', ...lead })
  expect(values({ contactName: 'Dr. Berg' }).first_name).toBeUndefined()
  expect(values({ contactName: 'van den Berg', lastName: 'van den Berg' }).first_name).toBeUndefined()
  expect(values({ firstName: 'L.', contactName: 'L. Berg' }).first_name).toBeUndefined()
  expect(values({ firstName: 'Mr.', contactName: 'Mr. Ole Lund' }).first_name).toBe('Ole')
  expect(values({ contactName: 'Berg, Liv' })).toMatchObject({ first_name: 'Liv', contact_name: 'Liv Berg' })
})
