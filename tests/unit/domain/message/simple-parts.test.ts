import fc from 'fast-check'
import { Liquid } from 'liquidjs'
import { expect, it, vi } from 'vitest'
import { type MessageTemplate, renderMessage } from '@/domain/message/render'

// Prints nothing, and is a tag: what it stands in is rendered by the engine.
const TAG = '{% comment %}{% endcomment %}'
const byEngine = ({ subject, bodyText, bodyHtml }: MessageTemplate): MessageTemplate => ({
  subject: `${TAG}${subject}`,
  bodyText: `${TAG}${bodyText}`,
  bodyHtml: bodyHtml ? `${TAG}${bodyHtml}` : null,
})

const NAMES = ['first_name', 'contact_name', 'company_name', 'website', 'größe', 'a-b', 'a']
// Of which the engine thinks otherwise.
const ODD_NAMES = ['size', 'first', 'last', 'constructor', '__proto__', 'toString', 'nil', 'true', 'blank']
const TEXTS = [
  'Hi ',
  ' & ',
  '\n',
  '\r\n',
  '<b>',
  '"',
  'https://',
  'HTTP://',
  '<a href="',
  "<a href='",
  '<img src=',
  '">',
  '</a>',
  '}} ',
  '$& ',
  '\ud800',
  'Grüße 👋',
]
const name = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_NAMES) },
)
const form = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('{{ x }}', '{{x}}', '{{- x }}', '{{ x -}}') },
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      '{{ x | default: "you" }}',
      "{{x|default:'https://<b> & \\' '-}}",
      '{{ x | default: "" }}',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '{{ x | upcase }}',
      '{{ x.size }}',
      '{{ ["x"] }}',
      '{{ x | default: a }}',
      '{{ x | default }}',
    ),
  },
)
const output = fc.tuple(name, form).map(([read, shape]) => shape.replace('x', () => read))
const part = fc
  .array(fc.oneof(fc.constantFrom(...TEXTS), { weight: 2, arbitrary: output }, fc.string({ maxLength: 8 })), {
    minLength: 1,
    maxLength: 9,
  })
  .map((pieces) => pieces.join(''))
  .filter((source) => source.trim() !== '' && source.length < 250)
const template = fc.record({ subject: part, bodyText: part, bodyHtml: fc.option(part) })

const value = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.constantFrom(
      'there',
      'Ada',
      'https://www.nordwind.example/?utm_source=x',
      'HTTP://a.example',
      '',
      ' ',
      '<&>"\'',
      '{{ a }}',
      '$&',
      '\udc00',
      'a\nb',
    ),
  },
  { weight: 20, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  // Together past what a part, or an email, may be.
  {
    weight: 1,
    arbitrary: fc.constantFrom('x'.repeat(120_000), 'é'.repeat(240_000), '&'.repeat(110_000), 'x'.repeat(400_000)),
  },
)
const dictionaryOf = (names: readonly string[], fewest: number) =>
  fc.dictionary(fc.constantFrom(...names), value, { minKeys: fewest, maxKeys: names.length, noNullPrototype: true })
const variables = fc
  .tuple(dictionaryOf(NAMES, NAMES.length - 1), dictionaryOf(ODD_NAMES, 0))
  .map(([usual, odd]) => Object.defineProperties(usual, Object.getOwnPropertyDescriptors(odd)))

it('prints texts and variables as the engine does, with the same refusals', () => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(template, variables, (given, known) => {
      const rendered = renderMessage(given, known)
      kinds.add(rendered.ok ? 'rendered' : rendered.missing.length > 0 ? 'missing' : rendered.reason)
      expect(rendered).toEqual(renderMessage(byEngine(given), known))
    }),
    { numRuns: 1_000 },
  )
  expect([...kinds]).toEqual(
    expect.arrayContaining(['rendered', 'missing', 'The subject or a body is larger than 500 kB.']),
  )
})

it('has no need of the engine where every variable has a value', () => {
  const engine = vi.spyOn(Liquid.prototype, 'renderSync')
  const given = {
    subject: 'For {{ company_name }}',
    bodyText: 'Hi {{ first_name | default: "you" }} in {{ city | default: "your area" }}, I saw {{ website }}.',
    bodyHtml: '<p>Hi {{ first_name }}, <a href="https://{{ website }}">{{ company_name }}</a></p>',
  }
  const known = { first_name: 'there', company_name: 'A & B', website: 'https://www.nordwind.example' }
  expect(renderMessage(given, known)).toEqual({
    ok: true,
    subject: 'For A & B',
    text: 'Hi you in your area, I saw nordwind.example.',
    html: '<p>Hi there, <a href="https://www.nordwind.example">A &amp; B</a></p>',
  })
  expect(engine).not.toHaveBeenCalled()
})
