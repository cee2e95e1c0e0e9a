import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJudge } from '@/domain/message/judge'
import { compileTemplate } from '@/domain/message/render'
import type { Variables } from '@/domain/message/variables'

const template = (bodyText: string, subject = 'Hello') => compileTemplate({ subject, bodyText })

/** A judge, and how many emails it has rendered. */
function counting(bodyText: string, subject?: string) {
  const compiled = template(bodyText, subject)
  const count = { rendered: 0 }
  const render = (values: Variables) => {
    count.rendered++
    return compiled.render(values)
  }
  return { judge: createJudge({ ...compiled, render }), count }
}

// 20 fields, of which each of 500 leads has others.
const sparse = Array.from({ length: 500 }, (_, lead) => {
  const filled = Array.from({ length: 20 }, (_, field) => field).filter((field) => (lead * 7919 + field * 104_729) % 3)
  const values: Variables = Object.fromEntries(filled.map((field) => [`field_${field}`, `value ${lead}`]))
  return { ...values, industry: lead % 2 ? 'Bakery' : 'Mill' }
})

describe('leads', () => {
  it('are judged once for all who have the same of the fields that the template reads, whatever else they have', () => {
    const { judge, count } = counting('{{ field_1 }} {% if field_2 %}{{ field_3 | upcase }}{% endif %}')
    const failing = sparse.map((values) => judge.of(values)).filter(({ ok }) => !ok).length
    expect(failing).toBe(sparse.filter((v) => !('field_1' in v) || ('field_2' in v && !('field_3' in v))).length)
    expect(count.rendered).toBeLessThanOrEqual(8)
  })

  it('are judged once for each value that the template compares', () => {
    const { judge, count } = counting(
      '{% if industry == "Bakery" %}{{ field_1 }}{% endif %} {{ field_4 | default: "x" }}.',
    )
    const failing = sparse.filter((values) => !judge.of(values).ok)
    expect(failing).toEqual(sparse.filter((v) => v.industry === 'Bakery' && !('field_1' in v)))
    expect(count.rendered).toBeLessThanOrEqual(8)
  })

  it('are told apart by what is left of a value where a part may come out empty', () => {
    const judge = createJudge(template('.', '{{ company_name | remove: "GmbH" }}'))
    expect([judge.of({ company_name: 'Mill GmbH' }), judge.of({ company_name: 'GmbH' })]).toEqual([
      { ok: true },
      { ok: false, missing: [], reason: 'The subject is empty for this lead.' },
    ])
  })

  it('are told apart by the values behind a name that the template makes of others', () => {
    const judge = createJudge(
      template('{% assign kind = industry | downcase %}{% if kind == "mill" %}{{ city }}{% endif %}.'),
    )
    expect([judge.of({ industry: 'Bakery' }), judge.of({ industry: 'Mill' })]).toEqual([
      { ok: true },
      { ok: false, missing: ['city'], reason: 'No value for city.' },
    ])
  })

  it('are judged each by itself where a value is so long that a limit may be near', () => {
    const judge = createJudge(template('{{ a | append: a | append: a }}'))
    expect([judge.of({ a: 'short' }), judge.of({ a: 'x'.repeat(5_000) })]).toEqual([
      { ok: true },
      { ok: false, missing: [], reason: 'A value in the template has more than 10,000 characters.' },
    ])
  })
})

// Pieces that a template may have in any order, nested ones too.
const name = fc.constantFrom('a', 'b', 'first_name', 'company_name')
const filter = fc.constantFrom(
  '',
  ' | upcase',
  ' | default: "x"',
  ' | remove: "v"',
  ' | remove: "v" | default: b',
  ' | split: " " | first',
  ' | append: a',
  ' | truncate: 0, ""',
  ' | default: b',
  ' | size',
)
const condition = fc.oneof(
  name,
  name.map((one) => `${one} == blank`),
  name.map((one) => `${one} != ""`),
  fc.tuple(name, name).map(([one, other]) => `${one} == ${other}`),
  fc.tuple(name, name).map(([one, other]) => `${one} or ${other} == "v"`),
  name.map((one) => `${one} contains "v"`),
  name.map((one) => `${one}.size > 1`),
)
const output = fc.tuple(name, filter).map(([one, with_]) => `{{ ${one}${with_} }}`)
const { piece } = fc.letrec<{ piece: string }>((tie) => ({
  piece: fc.oneof(
    { depthSize: 'small' },
    output,
    fc.constant('.'),
    fc
      .tuple(name, name, filter)
      .map(([to, from, with_]) => `{% assign ${to}x = ${from}${with_} %}{{ ${to}x | default: "y" }}`),
    fc
      .tuple(condition, tie('piece'), tie('piece'))
      .map(([when, yes, no]) => `{% if ${when} %}${yes}{% else %}${no}{% endif %}`),
  ),
}))
const value = fc.constantFrom('v', 'there', 'some value', 'vv')
const lead = fc.dictionary(name, value, { maxKeys: 4 })

it('a judgement is that of the rendering, for every lead, whoever was judged before', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 4 }),
      fc.array(lead, { minLength: 2, maxLength: 8 }),
      (pieces, leads) => {
        const compiled = template(pieces.join(''))
        const judge = createJudge(compiled)
        for (const values of leads) {
          const result = compiled.render(values)
          const { ok } = result
          expect(judge.of(values)).toEqual(ok ? { ok } : { ok, missing: result.missing, reason: result.reason })
        }
      },
    ),
    { numRuns: 2_000 },
  )
})
