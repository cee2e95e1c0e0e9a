import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'
import { leadFromRow } from '@/domain/lead/csv-row'
import { SeenAddresses } from '@/domain/lead/dedupe'
import { countLeads, countProblem, emptyLedger } from '@/domain/lead/import-ledger'

const leadOf = (cells: string[], targets: ColumnTarget[]) => {
  const row = leadFromRow(cells, targets)
  if (!row.ok) throw new Error(row.problem)
  return row.lead
}

describe('leadFromRow', () => {
  it('normalises what it takes and leaves the rest empty', () => {
    expect(
      leadOf([' Ada@X.Example ', 'x.example', 'Germany', 'big'], ['email', 'website', 'country', 'custom:size']),
    ).toEqual({
      email: 'ada@x.example',
      companyName: null,
      contactName: null,
      firstName: null,
      lastName: null,
      jobTitle: null,
      phone: null,
      website: 'https://x.example',
      industry: null,
      city: null,
      country: 'DE',
      linkedinUrl: null,
      customFields: { size: 'big' },
    })
  })

  it('takes the first filled of several columns', () => {
    const targets: ColumnTarget[] = ['email', 'phone', 'phone', 'custom:note', 'custom:note']
    const lead = leadOf(['a@x.example', '-', "'+49 30 1", '', 'second'], targets)
    expect(lead.phone).toBe('+49 30 1')
    expect(lead.customFields).toEqual({ note: 'second' })
  })

  it('completes the contact from its parts, and the first name from the contact', () => {
    expect(leadOf(['a@x.example', 'Ada', 'Winter'], ['email', 'firstName', 'lastName']).contactName).toBe('Ada Winter')
    expect(leadOf(['a@x.example', 'Dr. Ada Winter'], ['email', 'contactName']).firstName).toBe('Ada')
    expect(leadOf(['a@x.example', 'Winter'], ['email', 'lastName'])).toMatchObject({
      contactName: 'Winter',
      firstName: null,
    })
  })

  it('takes short rows, and long ones whose surplus is empty', () => {
    expect(leadOf(['a@x.example'], ['email', 'city']).city).toBeNull()
    expect(leadOf(['a@x.example', 'Kiel', '', ' '], ['email', 'city']).city).toBe('Kiel')
  })

  it('refuses rows with more values than columns', () => {
    expect(leadFromRow(['a@x.example', 'Acme', ' Inc', 'Kiel'], ['email', 'companyName', 'city'])).toEqual({
      ok: false,
      email: 'a@x.example',
      problem: 'The row has 4 values, but there are 3 columns: is a value with the delimiter missing its quotes?',
    })
  })

  it('refuses a value that is too long for its field, and shortens one of a custom field', () => {
    const row = leadFromRow(['a@x.example', 'x'.repeat(501)], ['email', 'companyName'])
    expect(row).toMatchObject({ ok: false, problem: 'Company is longer than 500 characters' })
    const custom = leadFromRow(['a@x.example', 'x'.repeat(5_001)], ['email', 'custom:note'])
    expect(custom).toMatchObject({
      ok: true,
      lead: { customFields: { note: `${'x'.repeat(4_999)}…` } },
      changes: [{ column: 1, kind: 'shortened', value: 'x'.repeat(5_001) }],
    })
    expect(leadFromRow(['a@x.example', 'x'.repeat(5_000)], ['email', 'custom:note'])).toMatchObject({
      lead: { customFields: { note: 'x'.repeat(5_000) } },
      changes: [],
    })
  })

  it('takes the first of several addresses, and the next address column where one has none', () => {
    expect(leadFromRow(['b@x.example / c@x.example'], ['email'])).toMatchObject({
      ok: true,
      lead: { email: 'b@x.example' },
      changes: [{ column: 0, kind: 'first_taken', value: 'b@x.example / c@x.example' }],
    })
    expect(leadFromRow(['Bo Lind <b@x.example>; Liv Berg <c@x.example>'], ['email'])).toMatchObject({
      lead: { email: 'b@x.example', contactName: 'Bo Lind' },
      changes: [{ kind: 'first_taken' }],
    })
    expect(leadOf(['', 'c@x.example'], ['email', 'email']).email).toBe('c@x.example')
    expect(leadOf(['none', 'c@x.example'], ['email', 'email']).email).toBe('c@x.example')
    expect(leadFromRow(['b@x.example; nobody@'], ['email'])).toMatchObject({ ok: false })
  })

  it('takes the name that stands before an address, where the row has none', () => {
    const targets: ColumnTarget[] = ['email', 'lastName']
    expect(leadOf(['Bo Lind <b@x.example>', ''], targets)).toMatchObject({ contactName: 'Bo Lind', firstName: 'Bo' })
    expect(leadOf(['Bo Lind <b@x.example>', 'Berg'], targets)).toMatchObject({ contactName: 'Berg', firstName: null })
  })

  it('takes the first of the values that Google Contacts puts into one cell, and keeps all in a custom field', () => {
    const lead = leadOf(['a@x.example', '+43 1 ::: +43 2', 'red ::: blue'], ['email', 'phone', 'custom:colours'])
    expect([lead.phone, lead.customFields]).toEqual(['+43 1', { colours: 'red, blue' }])
  })

  it('empties what a spreadsheet left where nothing is known, and says what and where', () => {
    const targets: ColumnTarget[] = ['email', 'firstName', 'companyName', 'phone', 'country', 'custom:size']
    expect(
      leadFromRow(['a@x.example', '#NULL!', '="Vert & Fils"', '4,31E+11', 'na', '(empty)'], targets),
    ).toMatchObject({
      ok: true,
      lead: { firstName: null, companyName: 'Vert & Fils', phone: null, country: null, customFields: {} },
      changes: [
        { column: 1, kind: 'emptied', value: '#NULL!' },
        { column: 3, kind: 'emptied', value: '4,31E+11' },
        { column: 4, kind: 'emptied', value: 'na' },
        { column: 5, kind: 'emptied', value: '(empty)' },
      ],
    })
  })

  it('reads NA as Namibia where the column holds codes', () => {
    expect(leadFromRow(['a@x.example', 'NA'], ['email', 'country'], { countryCodes: true })).toMatchObject({
      lead: { country: 'NA' },
      changes: [],
    })
  })

  it('fills a field from the preferred column first', () => {
    const targets: ColumnTarget[] = ['email', 'companyName', 'companyName']
    const read = (cells: string[]) => leadFromRow(cells, targets, { order: [2, 0, 1] })
    expect(read(['a@x.example', 'BERG HANDELS AG', 'Berg'])).toMatchObject({ lead: { companyName: 'Berg' } })
    expect(read(['a@x.example', 'BERG HANDELS AG', ''])).toMatchObject({ lead: { companyName: 'BERG HANDELS AG' } })
  })

  it('says what stands in the address column of a refused row', () => {
    expect(leadFromRow(['not an address'], ['email'])).toEqual({
      ok: false,
      email: 'not an address',
      problem: '"not an address" is not an email address: the @ is missing',
    })
  })

  it('makes JSON that PostgreSQL takes from any row', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }), (cells) => {
        const row = leadFromRow(['a@x.example', ...cells], ['email', 'companyName', 'website', 'custom:a', 'custom:b'])
        // jsonb refuses NUL and lone surrogates.
        const json = JSON.stringify(row)
        return !json.includes('\\u0000') && !/\\ud[89a-f]/.test(json)
      }),
      { numRuns: 1_000 },
    )
  })
})

it('remembers the line in which an address stood first', () => {
  const seen = new SeenAddresses()
  expect([
    seen.firstLineOf('a@x.example', 2),
    seen.firstLineOf('b@x.example', 3),
    seen.firstLineOf('a@x.example', 4),
  ]).toEqual([null, null, 2])
})

it('keeps a ledger that always sums to its rows', () => {
  const kind = fc.constantFrom('invalid' as const, 'duplicate' as const, 'suppressed' as const)
  const leads = fc.record({ added: fc.nat(50), existing: fc.nat(50) })
  fc.assert(
    fc.property(fc.array(fc.oneof(kind, leads), { maxLength: 40 }), (events) => {
      const ledger = emptyLedger()
      for (const event of events) {
        if (typeof event === 'string')
          countProblem(ledger, { line: 2, email: '', problem: 'x', kind: event, cells: [] })
        else countLeads(ledger, event)
      }
      return ledger.rows === ledger.added + ledger.existing + ledger.duplicate + ledger.invalid + ledger.suppressed
    }),
  )
})
