import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findVariableProblems, missingVariables, unknownVariables, usedVariables } from '@/domain/message/problems'
import { compileTemplate } from '@/domain/message/render'
import { VARIABLE_NAMES } from '@/domain/message/variables'

const template = (bodyText: string) => ({ subject: 'Hello', bodyText })
const missing = (source: string, keys: string[]) => missingVariables(template(source), new Set(keys))

describe('missingVariables', () => {
  it.each([
    ['{{ company_name }} {{ phone }}', ['company_name'], ['phone']],
    ['{{ phone | default: "-" }}', [], []],
    ['{{ phone | upcase | default: "-" }}', [], []],
    ['{{ first_name | default: phone }}', [], []],
    ['{{ phone | default: city }}', [], ['city']],
    ['{% if phone %}{{ phone }}{% endif %}', [], []],
    ['{% if phone and city %}{{ phone }}{{ city }}{% endif %}', ['phone'], []],
    ['{% if phone or city %}{{ phone }}{% endif %}', ['city'], ['phone']],
    ['{% unless phone %}{{ city }}{% endunless %}', ['phone'], []],
    ['{% if phone == "1" %}{{ phone }}{% else %}{{ city }}{% endif %}', [], ['city']],
    ['{% if industry == "Bakery" %}{{ phone }}{% endif %}', ['industry'], ['phone']],
    ['{% if industry == "Bakery" %}{{ phone }}{% endif %}', [], []],
    ['{% if industry != "Bakery" %}{{ phone }}{% endif %}', [], ['phone']],
    ['{% if phone != blank %}{{ phone }}{% endif %}', [], []],
    ['{% assign p = phone %}{{ p }}', [], ['phone']],
    ['{{ first_name }} {{ contact_name }} {{ email }} {{ unsubscribe_url }}', [], []],
  ])('%s with values for %j lacks %j', (source, keys, expected) => {
    expect(missing(source, keys)).toEqual(expected)
  })

  it('judges a template with thousands of ways by all it mentions', () => {
    const source = Array.from({ length: 20 }, (_, i) => `{% if city == "${i}" %}x{% endif %}`).join('')
    expect(missing(`${source}{{ phone }}`, ['city'])).toEqual(['phone'])
  })

  it('never overlooks what really is missing', () => {
    const names = ['city', 'phone', 'industry'] as const
    const name = fc.constantFrom(...names)
    const source = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        name.map((n) => `{{ ${n} }}`),
        fc.tuple(name, name).map(([a, b]) => `{{ ${a} | default: ${b} }}`),
        fc.tuple(name, tie('node'), tie('node')).map(([n, a, b]) => `{% if ${n} %}${a}{% else %}${b}{% endif %}`),
        fc
          .tuple(name, tie('node'), tie('node'))
          .map(([n, a, b]) => `{% if ${n} == "x1" %}${a}{% else %}${b}{% endif %}`),
        fc.tuple(name, tie('node')).map(([n, a]) => `{% assign v = ${n} %}{% if v contains "1" %}${a}{% endif %}`),
        fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a} ${b}`),
      ),
    })).node
    const values = fc.dictionary(name, fc.constantFrom('x1', 'x2'))
    fc.assert(
      fc.property(source, values, (bodyText, filled) => {
        const result = compileTemplate(template(`.${bodyText}`)).render(filled)
        const predicted = missing(bodyText, Object.keys(filled))
        if (!result.ok) expect(predicted).toEqual(expect.arrayContaining(result.missing))
        // Where nothing is compared the prediction is exact.
        if (result.ok && !/==|contains/.test(bodyText)) expect(predicted).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('unknownVariables', () => {
  it.each([
    ['compnay_name', 'company_name'],
    ['companyName', 'company_name'],
    ['Company_Name', 'company_name'],
    ['lead.company_name', 'company_name'],
    ['fist_name', 'first_name'],
    ['company', 'company_name'],
    ['webiste', 'website'],
    ['xyz', null],
  ])('%s: did you mean %s?', (name, suggestion) => {
    expect(unknownVariables(template(`{{ ${name} }}`), VARIABLE_NAMES)).toEqual([{ name, suggestion }])
  })

  it('counts a guarded misspelling too', () => {
    expect(unknownVariables(template('{% if cty %}{{ cty | default: "x" }}{% endif %}'), VARIABLE_NAMES)).toEqual([
      { name: 'cty', suggestion: 'city' },
    ])
  })

  it('knows custom fields and what the template assigns itself', () => {
    const known = new Set([...VARIABLE_NAMES, 'favourite_tool'])
    expect(unknownVariables(template('{% assign x = "y" %}{{ x }} {{ favourite_tool }}'), known)).toEqual([])
  })
})

it('usedVariables lists each name once, from all parts', () => {
  const used = usedVariables({
    subject: '{{ city }}',
    bodyText: '{{ a.b }} {{ city.size }}',
    bodyHtml: '{% if phone %}{% endif %}',
  })
  expect(used).toEqual(['a.b', 'city', 'phone'])
})

describe('findVariableProblems', () => {
  const inUse = (name: string, bodyText: string) => ({ id: name, name, compiled: compileTemplate(template(bodyText)) })
  const find = (bodyText: string, valuesByLead: Record<string, string>[]) =>
    findVariableProblems({ templates: [inUse('Introduction', bodyText)], knownKeys: VARIABLE_NAMES, valuesByLead })
  const named = { templateId: 'Introduction', templateName: 'Introduction' }

  it('says which variable is missing for how many leads, and names misspelt ones once', () => {
    expect(
      find('{{ city }} {{ phone }} {{ ctiy }}', [{ city: 'Kiel' }, { phone: '1' }, {}, { city: 'x', phone: '1' }]),
    ).toEqual({
      unknown: [{ ...named, name: 'ctiy', suggestion: 'city' }],
      missing: [
        { ...named, name: 'phone', leads: 2 },
        { ...named, name: 'city', leads: 2 },
      ],
      failing: [],
    })
  })

  it('looks at the value itself where the template compares it', () => {
    const leads: Record<string, string>[] = [
      { industry: 'Bakery' },
      { industry: 'Mill' },
      { industry: 'Bakery', phone: '1' },
    ]
    expect(find('{% if industry == "Bakery" %}{{ phone }}{% endif %}.', leads).missing).toEqual([
      { ...named, name: 'phone', leads: 1 },
    ])
  })

  it('counts leads whose email would come out empty', () => {
    expect(find('{% if city %}x{% endif %}', [{}, { city: 'Kiel' }]).failing).toEqual([
      { ...named, reason: 'The text body is empty for this lead.', leads: 1 },
    ])
  })
})
