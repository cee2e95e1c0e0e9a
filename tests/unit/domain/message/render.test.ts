import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTemplate, parseTemplate, renderMessage } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'

const text = (bodyText: string, subject = 'Hello') => ({ subject, bodyText })
const html = (bodyHtml: string) => ({ subject: 'Hello', bodyText: 'Hello', bodyHtml })
const textOf = (bodyText: string, variables = {}) => {
  const result = renderMessage(text(bodyText), variables)
  return result.ok ? result.text : result
}

describe('renderMessage', () => {
  it('replaces every variable of the first version, and "there" where a name is missing', () => {
    const seed =
      '{{company_name}}|{{contact_name}}|{{first_name}}|{{email}}|{{phone}}|{{industry}}|{{city}}|{{country}}|{{website}}|{{campaign_name}}'
    const lead = {
      email: 'ada@nordwind.example',
      companyName: 'Nordwind',
      contactName: 'Ada Winter',
      phone: '+49 30 1',
      industry: 'Logistics',
      city: 'Hamburg',
      country: 'Germany',
      website: 'nordwind.example',
    }
    const sender = { name: 'Sam', email: 'sam@example.com' }
    expect(textOf(seed, variablesOf(lead, sender, { name: 'Autumn' }))).toBe(
      'Nordwind|Ada Winter|Ada|ada@nordwind.example|+49 30 1|Logistics|Hamburg|Germany|nordwind.example|Autumn',
    )
    const nameless = variablesOf({ ...lead, contactName: '  ' }, sender, { name: 'Autumn' })
    expect(textOf('{{ contact_name }} {{ first_name }}', nameless)).toBe('there there')
  })

  it('leaves a value alone that looks like a template', () => {
    expect(textOf('{{ company_name }}', { company_name: '{{ email }} $& {% if x %}' })).toBe(
      '{{ email }} $& {% if x %}',
    )
  })

  it('names every missing variable at once, in subject, text and HTML', () => {
    const template = { subject: '{{ a }}', bodyText: '{{ b }} {{ a }}', bodyHtml: '{{ c }} {{ d }}' }
    expect(renderMessage(template, { d: 'x' })).toEqual({
      ok: false,
      missing: ['a', 'b', 'c'],
      reason: 'No value for a, b, c.',
    })
  })

  it('counts a variable as missing that is only assigned, instead of sending a gap', () => {
    expect(renderMessage(text('{% assign place = city %}In {{ place }}'), {})).toEqual({
      ok: false,
      missing: ['city'],
      reason: 'No value for city.',
    })
  })

  it.each([
    ['{{ first_name | default: "you" }}', {}, 'you'],
    ['{{ first_name | capitalize | default: "you" }}', {}, 'you'],
    ['{{ first_name | default: company_name }}', { first_name: 'Ada' }, 'Ada'],
    ['{{ first_name | default: company_name | default: "you" }}', {}, 'you'],
    ['{% if city %}in {{ city }}{% else %}near you{% endif %}', {}, 'near you'],
    ['{% unless city %}anywhere{% endunless %}', {}, 'anywhere'],
    ['{% if city == "Hamburg" %}harbour{% elsif city %}{{ city }}{% endif %}', { city: 'Kiel' }, 'Kiel'],
    ['{{ company_name | truncatewords: 2, "" | upcase }}', { company_name: 'Nord Wind GmbH' }, 'NORD WIND'],
    ['{{ website | split: "." | first }}', { website: 'nordwind.example' }, 'nordwind'],
    ['{{ company_name | escape }}', { company_name: 'A & B' }, 'A & B'],
  ])('%s with %o is %s', (source, variables, expected) => {
    expect(textOf(source, variables)).toBe(expected)
  })

  it('reports a fallback that has no value either', () => {
    expect(renderMessage(text('{{ first_name | default: company_name }}'), {})).toMatchObject({
      missing: ['company_name'],
    })
  })

  it('escapes values in HTML once, also after an explicit escape, and never in text', () => {
    const result = renderMessage(
      { ...html('<a href="{{ x }}">{{ x | escape }}</a>'), bodyText: '{{ x }}' },
      { x: `"><script>alert('1')&` },
    )
    const escaped = '&#34;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;'
    expect(result).toMatchObject({ html: `<a href="${escaped}">${escaped}</a>`, text: `"><script>alert('1')&` })
  })

  it('has no way to print raw HTML', () => {
    expect(parseTemplate(html('{{ company_name | raw }}'))[0]?.message).toBe(
      'The HTML body, line 1: there is no filter "raw".',
    )
  })

  it('makes one line of a subject', () => {
    expect(renderMessage(text('x', 'Hi {{ a }}\r\nBcc: x@y.example\n\n there'), { a: 'A\nB' })).toMatchObject({
      subject: 'Hi A B Bcc: x@y.example there',
    })
  })

  it('refuses a subject or text that comes out empty', () => {
    expect(renderMessage(text('x', '{% if city %}City{% endif %}'), {})).toEqual({
      ok: false,
      missing: [],
      reason: 'The subject is empty for this lead.',
    })
    expect(renderMessage(text('{% if city %}City{% endif %}'), {})).toMatchObject({
      reason: 'The text body is empty for this lead.',
    })
  })

  it.each(['constructor', '__proto__', 'company_name.constructor', 'company_name["__proto__"]', 'toString'])(
    'sees own values only: %s',
    (name) => {
      expect(renderMessage(text(`{{ ${name} }}`), { company_name: 'x' })).toMatchObject({ ok: false })
    },
  )

  it('never throws, whatever the template and the values', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '{{',
        '}}',
        '{%',
        '%}',
        '{{ a }}',
        '{% if a %}',
        '{% endif %}',
        '| default: "x"',
        '{% raw %}',
        '-',
      ),
    )
    const source = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(
        source,
        source,
        source,
        fc.dictionary(fc.string(), fc.string()),
        (subject, bodyText, bodyHtml, values) => {
          const result = renderMessage({ subject, bodyText, bodyHtml }, values)
          // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
          if (result.ok) expect(result.subject).not.toMatch(/[\u0000-\u001f]/)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('lets no value out of HTML text or of a quoted attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const result = renderMessage(html('<p title="{{ v }}">{{ v }}</p>'), { v: value })
        expect(result.ok && (result.html ?? '').slice('<p title="'.length, -'</p>'.length).split('">')).toHaveLength(2)
        expect(result.ok && result.html?.match(/[<>]/g)).toHaveLength(4)
      }),
    )
  })
})

describe('parseTemplate', () => {
  it.each([
    ['{{ first_name', 'The text body, line 1: {{ first_name is never closed.'],
    ['Hi\n{% if city %}x', 'The text body, line 2: {% if city %} is never closed.'],
    ['{{ city | uppcase }}', 'The text body, line 1: there is no filter "uppcase". Did you mean "upcase"?'],
    [
      '{% include "/etc/passwd" %}',
      'The text body, line 1: the tag {% include %} is not available; if, unless, assign, comment, raw are.',
    ],
    [
      '{% for i in (1..9) %}x{% endfor %}',
      'The text body, line 1: the tag {% for %} is not available; if, unless, assign, comment, raw are.',
    ],
    ['x{% endif %}', 'The text body, line 1: {% endif %} has no matching opening tag.'],
    ['{{ }}', 'The text body, line 1: {{ }} is empty; put a variable between the braces.'],
    [
      'Hi\n{{ company name }}',
      'The text body, line 2: {{ company name }} holds more than one value; names have no spaces.',
    ],
    [
      '{{ city default: "x" }}',
      'The text body, line 1: put "|" and a filter behind the variable, as in {{ city | default: "your area" }}.',
    ],
    [
      '{{ city | default "x" }}',
      'The text body, line 1: put ":" behind the filter, as in {{ city | default: "your area" }}.',
    ],
    ['{{ city | default: “x” }}', 'The text body: quotes must be straight in {{ city | default: “…, like "this".'],
    ['{% if city == ‘x’ %}y{% endif %}', 'The text body: quotes must be straight in {% if city == ‘…, like "this".'],
    ['   ', 'The text body is empty.'],
    ['x'.repeat(100_001), 'The text body is longer than 100,000 characters.'],
    ['{{ a }}'.repeat(501), 'The text body has more than 500 placeholders.'],
    [`{{ "${'x'.repeat(2_100)}" }}`, 'The text body has a placeholder that is never closed with }} or %}.'],
  ])('%s', (source, message) => {
    expect(parseTemplate(text(source)).map((problem) => problem.message)).toEqual([message])
  })

  it('leaves curly quotes alone where they are text', () => {
    expect(parseTemplate(text('“Hi” {{ city | default: "“x”" }}: ‘ok’'))).toEqual([])
  })

  it('looks at all three parts and says where', () => {
    expect(parseTemplate({ subject: ' ', bodyText: 'a\nb {{ x | nope }}', bodyHtml: '{% if %}' })).toEqual([
      { part: 'subject', message: 'The subject is empty.' },
      { part: 'bodyText', message: 'The text body, line 2: there is no filter "nope".', line: 2, column: 3 },
      expect.objectContaining({ part: 'bodyHtml', line: 1 }),
    ])
  })

  it('is what compileTemplate refuses with', () => {
    expect(() => compileTemplate(text('{{ x'))).toThrow('The text body, line 1: {{ x is never closed.')
  })
})
