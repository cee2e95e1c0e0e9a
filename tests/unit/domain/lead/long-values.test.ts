import { expect, it } from 'vitest'
import { beginsLikeAnswer } from '@/domain/conversation/subject'
import { guessTargets } from '@/domain/lead/csv-mapping'
import { leadFromRow } from '@/domain/lead/csv-row'
import { normaliseDomain, normaliseEmail, severalAddresses } from '@/domain/lead/email'
import { optOutColumns, optOutOf } from '@/domain/lead/opt-outs'
import { oneLine } from '@/domain/message/variables'
import { withinBound } from '../../../support/within-bound'

const BLANKS = ' '.repeat(1_000_000)
const ADDRESS = 'ada@nordwind.example'

it('reads a value with endless blanks where several are parted, and says that it is shortened or too long', () => {
  const row = [ADDRESS, `a ::: b${BLANKS}c :::`]
  const custom = withinBound(() => leadFromRow(row, ['email', 'custom:phones']))
  expect(custom).toMatchObject({ ok: true, changes: [{ column: 1, kind: 'shortened' }] })
  expect(custom.ok && custom.lead.customFields.phones).toMatch(/^a, b/)
  expect(withinBound(() => leadFromRow(row, ['email', 'phone']))).toMatchObject({ ok: true, lead: { phone: 'a' } })
  const far = [ADDRESS, `a${BLANKS}b ::: c`]
  expect(withinBound(() => leadFromRow(far, ['email', 'phone']))).toMatchObject({
    ok: false,
    problem: 'Phone is longer than 500 characters',
  })
})

it('parts several values at the same marks as ever', () => {
  const textOf = (cell: string) => {
    const row = leadFromRow([ADDRESS, cell], ['email', 'custom:x'])
    return row.ok ? row.lead.customFields.x : row.problem
  }
  expect(textOf('+49 1  ::: +49 2\t:::\t+49 3')).toBe('+49 1, +49 2, +49 3')
  expect(textOf('a:::b')).toBe('a:::b')
})

it('looks at blanks around a value of any length, and reads what stands in them', () => {
  const row = leadFromRow([ADDRESS, `${BLANKS}Kiel${BLANKS}`], ['email', 'city'])
  expect(row).toMatchObject({ ok: true, lead: { city: 'Kiel' } })
})

it('takes a name and brackets off an address in the time that its length takes', () => {
  const text = `<${' '.repeat(1_000)}a`
  const all = withinBound(() => Array.from({ length: 3_000 }, () => normaliseEmail(text)))
  expect(all.at(-1)).toMatchObject({ ok: false })
  expect(normaliseEmail('"Ada Winter" <  ada@nordwind.example >;')).toEqual({
    ok: true,
    email: ADDRESS,
    name: 'Ada Winter',
  })
  expect(normaliseEmail('Ada <x> <ada@nordwind.example>')).toMatchObject({ ok: true, email: ADDRESS })
})

it('refuses what is no address by its length, and shows its beginning', () => {
  const long = `a@${'b'.repeat(1_000_000)}.example`
  expect(withinBound(() => normaliseEmail(long))).toMatchObject({
    ok: false,
    problem: `"a@${'b'.repeat(57)}…" is not an email address: it is too long`,
  })
  expect(withinBound(() => severalAddresses(`${ADDRESS}, `.repeat(50_000)))).toEqual([])
  expect(normaliseDomain(long)).toBeNull()
})

it('reads the beginning of what a column says of opting out', () => {
  const columns = optOutColumns([{ name: 'Unsubscribe reason' }])
  const value = `${BLANKS}tired${'!'.repeat(1_000_000)}`
  expect(withinBound(() => optOutOf([value], columns))).toMatchObject({ reason: 'unsubscribed' })
})

it('brings marks above and below a letter into order, in values and in subjects', () => {
  const marks = `e${'\u0301'.repeat(80_000)}${'\u0316'.repeat(80_000)}`
  expect(withinBound(() => oneLine(marks))).toHaveLength(30)
  expect(withinBound(() => beginsLikeAnswer(`Re${marks}`))).toBe(false)
  expect(oneLine('e\u0301')).toBe('é')
  const most = `q${'\u0301'.repeat(15)}${'\u0316'.repeat(15)}`
  expect(oneLine(most)).toBe(most.normalize('NFC'))
})

it('takes a column with an endless name for an unknown one', () => {
  const name = `e${'\u0301'.repeat(80_000)}${'\u0316'.repeat(80_000)}`
  expect(withinBound(() => guessTargets([{ name, samples: [] }])[0])).toMatch(/^custom:|^ignore$/)
})
