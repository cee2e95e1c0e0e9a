import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { domainOf, normaliseDomain, normaliseEmail, severalAddresses } from '@/domain/lead/email'

const problemOf = (raw: string) => {
  const result = normaliseEmail(raw)
  return result.ok ? null : result.problem
}

describe('normaliseEmail', () => {
  it.each([
    ['ada@nordwind.example', 'ada@nordwind.example'],
    ['  Ada.Winter@NordWind.Example ', 'ada.winter@nordwind.example'],
    ['\u00a0ada@nordwind.example\u200b', 'ada@nordwind.example'],
    ['\ufeffada@nordwind.example', 'ada@nordwind.example'],
    ['mailto:ada@nordwind.example', 'ada@nordwind.example'],
    ['<ada@nordwind.example>', 'ada@nordwind.example'],
    ["o'hara+news@sub.nordwind.example", "o'hara+news@sub.nordwind.example"],
    ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
    [`${'a'.repeat(64)}@nordwind.example`, `${'a'.repeat(64)}@nordwind.example`],
  ])('takes %j as %s', (raw, email) => {
    expect(normaliseEmail(raw)).toEqual({ ok: true, email })
  })

  it.each([
    ['', 'No email address'],
    [' \u200b ', 'No email address'],
    ['ada.nordwind.example', '"ada.nordwind.example" is not an email address: the @ is missing'],
    ['@nordwind.example', '"@nordwind.example" is not an email address: nothing stands before the @'],
    ['ada@', '"ada@" is not an email address: the part after the @ is not a domain'],
    ['ada@nordwind', '"ada@nordwind" is not an email address: the part after the @ is not a domain'],
    ['ada@nord_wind.example', '"ada@nord_wind.example" is not an email address: the part after the @ is not a domain'],
    ['ada@-nordwind.example', '"ada@-nordwind.example" is not an email address: the part after the @ is not a domain'],
    ['ada@nordwind..example', '"ada@nordwind..example" is not an email address: the part after the @ is not a domain'],
    ['ada@10.0.0.1', '"ada@10.0.0.1" is not an email address: the part after the @ is not a domain'],
    ['ada@[10.0.0.1]', '"ada@[10.0.0.1]" is not an email address: the part after the @ is not a domain'],
    ['ada@bob@nordwind.example', '"ada@bob@nordwind.example" is not an email address: it contains more than one @'],
    ['a@x.example; b@x.example', '"a@x.example; b@x.example" is not an email address: it is more than one address'],
    ['ada winter@x.example', '"ada winter@x.example" is not an email address: it contains a blank or a comma'],
    [
      'ada..winter@x.example',
      '"ada..winter@x.example" is not an email address: the part before the @ contains a character or a dot where none may be',
    ],
    [
      'jürgen@x.example',
      '"jürgen@x.example" is not an email address: the part before the @ contains a character or a dot where none may be',
    ],
    [
      'ada@x.example\r\nBcc: eve@x.example',
      '"ada@x.example  Bcc: eve@x.example" is not an email address: it contains a line break or another control character',
    ],
    [
      `${'a'.repeat(65)}@x.example`,
      `"${'a'.repeat(59)}…" is not an email address: the part before the @ is longer than 64 characters`,
    ],
  ])('refuses %j', (raw, problem) => {
    expect(problemOf(raw)).toBe(problem)
  })

  it('refuses addresses of more than 254 characters', () => {
    const domain = `${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`
    expect(problemOf(`${'a'.repeat(254 - domain.length - 1)}@${domain}`)).toBeNull()
    expect(problemOf(`${'a'.repeat(64)}@${domain}`)).toMatch(/longer than 254 characters$/)
  })

  it('answers something for any text, never with a character that could end a header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (raw) => {
        const result = normaliseEmail(raw)
        if (!result.ok) return !/[\r\n]/.test(result.problem)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        return !/[\u0000-\u0020\u007f-\uffff,;<>"]/.test(result.email) && result.email.length <= 254
      }),
      { numRuns: 2_000 },
    )
  })

  it('is stable: a normalised address normalises to itself, in any case', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (raw) => {
        const once = normaliseEmail(raw)
        if (!once.ok) return true
        const again = normaliseEmail(` ${once.email.toUpperCase()} `)
        return again.ok && again.email === once.email
      }),
    )
  })
})

describe('an address as mail programs and web pages write it', () => {
  it.each([
    ['Bo Lindqvist <Bo@fjaell.example>', 'bo@fjaell.example', 'Bo Lindqvist'],
    ['"Lindqvist, Bo" <bo@fjaell.example>', 'bo@fjaell.example', 'Lindqvist, Bo'],
    ["'Bo' <mailto:bo@fjaell.example>", 'bo@fjaell.example', 'Bo'],
    ['bo@fjaell.example <bo@fjaell.example>', 'bo@fjaell.example', undefined],
    ['MAILTO:bo@fjaell.example?subject=Hej&body=x', 'bo@fjaell.example', undefined],
    ['\u2066bo@fjaell.example\u2069', 'bo@fjaell.example', undefined],
    ['bo@fj\u200dae\u00adll.example', 'bo@fjaell.example', undefined],
    ['bo@fjaell.example;', 'bo@fjaell.example', undefined],
    ['bo@fjaell.example.', 'bo@fjaell.example', undefined],
    ['bo＠fjaell．example', 'bo@fjaell.example', undefined],
    ['bo+autumn.fair@fjaell.example', 'bo+autumn.fair@fjaell.example', undefined],
  ])('is unwrapped: %j', (raw, email, name) => {
    expect(normaliseEmail(raw)).toEqual({ ok: true, email, ...(name ? { name } : {}) })
  })

  it.each([
    ['bo@\u00a0fjaell.example', 'a no-break space (U+00A0) stands after "bo@"'],
    ['bo\u3000lind@fjaell.example', 'an ideographic space (U+3000) stands after "bo"'],
    ['bo@fjaell\u2009.example', 'a blank (U+2009) stands after "bo@fjaell"'],
    ['bo {at} fjaell.example', '"{at}" stands where the @ belongs'],
    ['bo at fjaell dot example', '"at" stands where the @ belongs'],
  ])('is refused in words that name what is hard to see: %j', (raw, why) => {
    expect(problemOf(raw)).toBe(`"${raw}" is not an email address: ${why}`)
  })

  it.each([
    ['a@x.example, b@y.example', ['a@x.example', 'b@y.example']],
    ['a@x.example ::: b@y.example ::: c@z.example', ['a@x.example', 'b@y.example', 'c@z.example']],
    ['a@x.example / B@y.example', ['a@x.example', 'b@y.example']],
    ['a@x.example', []],
    ['a@x.example, nobody@', []],
    ['a@x.example\nb@y.example', ['a@x.example', 'b@y.example']],
    ['Bo Lind <a@x.example>; "Berg, Liv" <b@y.example>', ['a@x.example', 'b@y.example']],
    ['<a@x.example> <b@y.example>', ['a@x.example', 'b@y.example']],
    ['Bo <a@x.example>, Liv <b@>', []],
    ['a@b@x.example', []],
  ])('tells several in one cell: %j', (raw, emails) => {
    expect(severalAddresses(raw).map(({ email }) => email)).toEqual(emails)
  })

  it('is not the last of several in brackets', () => {
    const raw = 'Bo Lind <a@x.example>; Liv <b@y.example>'
    expect(problemOf(raw)).toBe(`"${raw}" is not an email address: it is more than one address`)
  })
})

describe('normaliseDomain', () => {
  it.each([
    ['Nordwind.Example', 'nordwind.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['localhost', null],
    ['nordwind.example/path', null],
    ['nordwind.example:25', null],
    ['bücher.example:25', null],
    ['1.2.3.4', null],
    [`${'a'.repeat(64)}.example`, null],
  ])('reads %j as %j', (raw, domain) => {
    expect(normaliseDomain(raw)).toBe(domain)
  })

  it('names the domain of an address', () => {
    expect(domainOf('ada@mail.nordwind.example')).toBe('mail.nordwind.example')
  })
})
