import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countryName, normaliseCountry } from '@/domain/lead/country'
import { LEAD_DETAILS } from '@/domain/lead/fields'
import { normaliseField, normalisePhone, normaliseText, normaliseWebsite } from '@/domain/lead/normalise'
import { firstNameOf } from '@/domain/lead/person-name'

describe('text', () => {
  it.each([
    ['  Nordwind   GmbH ', 'Nordwind GmbH'],
    ['Nordwind\r\nBcc: eve@x.example', 'Nordwind Bcc: eve@x.example'],
    ['N/A', null],
    [' - ', null],
    ['null', null],
    ['\u0000\u0007', null],
  ])('reads %j as %j', (raw, text) => {
    expect(normaliseText(raw)).toBe(text)
  })

  it.each([
    ...['#NV', '#WERT!', '#BEZUG!', '#ZAHL!', '#N/D', '#¡VALOR!', '#¿NOMBRE?', '#VALEUR!', '#RIF!', '#FELD!', '#BUSY!'],
    ...['#ССЫЛКА!', '#DIV/0', '########', '(en blanco)', '(not set)', '<NA>', '[object HTMLElement]'],
    ...['undefined undefined', 'None None', '=T("Fjell")', '=VLOOKUP(A2;B:C;2;0)'],
  ])('takes %j for nothing, in a field and in a custom field', (raw) => {
    expect([normaliseText(raw), normaliseField('companyName', raw), normaliseField('firstName', raw)]).toEqual([
      null,
      null,
      null,
    ])
  })

  it.each(['#1 Bakery', '#hashtag', 'Who? Yes!', 'Duran Duran', '= Equal (Fjell)'])('keeps %j', (raw) => {
    expect(normaliseField('companyName', raw)).toBe(raw)
  })

  it('strips the quote that Apollo writes in front of telephone numbers', () => {
    expect(normalisePhone("'+1 415-555-0100")).toBe('+1 415-555-0100')
  })
})

describe('web addresses', () => {
  it.each([
    ['nordwind.example', 'https://nordwind.example'],
    ['http://www.nordwind.example/', 'http://www.nordwind.example'],
    ['HTTPS://Nordwind.Example/Über?x=1', 'https://nordwind.example/%C3%9Cber?x=1'],
    ['nordwind.example:8443/a', 'https://nordwind.example:8443/a'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['https://user:secret@nordwind.example', null],
    ['none', null],
    ['see our page', null],
    ['localhost', null],
  ])('reads %j as %j', (raw, website) => {
    expect(normaliseWebsite(raw)).toBe(website)
  })
})

describe('countries', () => {
  it.each([
    ['Germany', 'DE'],
    ['Deutschland', 'DE'],
    ['ALLEMAGNE', 'DE'],
    ['España', 'ES'],
    ['espana', 'ES'],
    ['United States', 'US'],
    ['U.S.A.', 'US'],
    ['UK', 'GB'],
    ['the Netherlands', 'NL'],
    ['Österreich', 'AT'],
    ['de', 'DE'],
    ['Ruritania', 'Ruritania'],
    ['EU', 'EU'],
  ])('reads %j as %j', (raw, code) => {
    expect(normaliseCountry(raw)).toBe(code)
  })

  it('names a code in English, and leaves everything else', () => {
    expect(countryName('DE')).toBe('Germany')
    expect(countryName('Ruritania')).toBe('Ruritania')
  })
})

describe('first names', () => {
  it.each([
    ['Ada Winter', 'Ada'],
    ['Dr. Ada Winter', 'Ada'],
    ['Herr Prof. Dr. Jürgen Groß', 'Jürgen'],
    ['Winter, Ada', 'Ada'],
    ["D'Arcy Winter", "D'Arcy"],
    ['A. Winter', null],
    ['Winter', null],
    ['', null],
    ['Mr.', null],
  ])('finds in %j: %j', (fullName, first) => {
    expect(firstNameOf(fullName)).toBe(first)
  })
})

it('gives every field one line without control characters, whatever comes in, and is stable', () => {
  fc.assert(
    fc.property(fc.constantFrom(...LEAD_DETAILS), fc.string({ unit: 'binary' }), (field, raw) => {
      const value = normaliseField(field, raw)
      if (value === null) return true
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      return !/[\u0000-\u001f\u007f]/.test(value) && value.trim() === value && normaliseField(field, value) === value
    }),
    { numRuns: 3_000 },
  )
})
