import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { customFieldKey, customFieldKeys, leadValues, VARIABLES, variablesOf } from '@/domain/message/variables'

const sender = { name: 'Sam Porter', email: 'sam@example.com', company: 'Porter & Co' }
const variables = (lead: object) => variablesOf({ email: 'a@b.example', ...lead }, sender, { name: 'Autumn' })

describe('variablesOf', () => {
  it('has a value for every variable where everything is filled', () => {
    const lead = {
      email: 'ada@nordwind.example',
      companyName: 'Nordwind',
      contactName: 'Ada Winter',
      firstName: 'Ada',
      lastName: 'Winter',
      jobTitle: 'CEO',
      phone: '1',
      industry: 'Logistics',
      city: 'Kiel',
      country: 'Germany',
      website: 'nordwind.example',
    }
    const values = variablesOf(lead, sender, { name: 'Autumn' }, 'https://example.com/u/1')
    expect(Object.keys(values).sort()).toEqual(VARIABLES.map((variable) => variable.name).sort())
  })

  it('leaves blank values out, so that rendering can tell', () => {
    const values = variablesOf(
      { email: 'a@b.example', city: ' \t', phone: null, website: '\r\n' },
      { name: '', email: '' },
      { name: '' },
    )
    expect(values).toEqual({ email: 'a@b.example', contact_name: 'there', first_name: 'there' })
  })

  it.each([
    [{ firstName: 'Ada', contactName: 'Dr. Winter' }, 'Ada', 'Dr. Winter'],
    [{ contactName: 'Ada  Maria Winter' }, 'Ada', 'Ada Maria Winter'],
    [{ contactName: 'Ada Winter', lastName: 'Winter' }, 'Ada', 'Ada Winter'],
    [{ firstName: 'Ada', lastName: 'Winter' }, 'Ada', 'Ada Winter'],
    [{ lastName: 'Winter' }, 'there', 'Winter'],
    [{ contactName: '   ' }, 'there', 'there'],
    [{}, 'there', 'there'],
  ])('%o is addressed as %s, and as %s', (lead, first, contact) => {
    expect(variables(lead)).toMatchObject({ first_name: first, contact_name: contact })
  })

  it('adds custom fields under their key, never in place of a fixed variable', () => {
    const customFields = {
      'LinkedIn URL': 'x',
      'Favourite tool': ' Hammer ',
      Email: 'evil@x.example',
      Seats: 12,
      vip: true,
      empty: '',
      list: ['a'],
    }
    expect(variables({ customFields })).toMatchObject({
      linkedin_url: 'x',
      favourite_tool: 'Hammer',
      email: 'a@b.example',
      seats: '12',
      vip: 'true',
    })
    expect(variables({ customFields })).not.toHaveProperty('empty')
    expect(variables({ customFields })).not.toHaveProperty('list')
  })

  it.each([null, undefined, 'text', 7, ['a']])('takes %o for no custom fields', (customFields) => {
    expect(variables({ customFields })).toEqual(variables({}))
  })

  it('makes every value one line without control characters, whatever was imported', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, key) => {
        const values = variables({ companyName: value, contactName: value, customFields: { [key]: value } })
        for (const text of Object.values(values)) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through
          expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
          expect(text.trim()).toBe(text)
          expect(text.isWellFormed?.() ?? true).toBe(true)
        }
        expect(Object.getPrototypeOf(values)).toBe(Object.prototype)
      }),
    )
  })
})

it.each([
  ['LinkedIn URL', 'linkedin_url'],
  ['  Größe (m²) ', 'grosse_m2'],
  ['Straße', 'strasse'],
  ['Łódź, Ærø', 'lodz_aero'],
  ['2nd phone', 'field_2nd_phone'],
  ['__proto__', 'proto'],
  ['Ciudad Natal', 'ciudad_natal'],
  ['***', null],
])('customFieldKey(%o) is %o', (label, key) => {
  expect(customFieldKey(label)).toBe(key)
})

it('leadValues has no fallbacks: fill rates count what is there', () => {
  expect(leadValues({ email: 'a@b.example' })).toEqual({ email: 'a@b.example' })
})

it('customFieldKeys lists what any lead has a value for', () => {
  const leads = [{ customFields: { Tool: 'x', Blank: ' ' } }, { customFields: { 'A b': '1' } }, { customFields: null }]
  expect(customFieldKeys(leads)).toEqual(['a_b', 'tool'])
})
