import { expect, it } from 'vitest'
import { unknownVariables, usedVariables } from '@/domain/message/problems'
import { parseTemplate, renderMessage } from '@/domain/message/render'

const times = (count: number, piece: string) => piece.repeat(count)
const doubling = (count: number) =>
  `{% assign a = 'xxxxxxxxxxxxxxxx' %}${times(count, '{% assign a = a | append: a %}')}`

const HOSTILE: Record<string, string> = {
  'doubles a string forty times': `${doubling(40)}{{ a }}`,
  'prints half a megabyte five hundred times': doubling(14) + times(480, '{{ a }}'),
  'nests conditions without closing them': times(500, '{% if x %}'),
  'nests conditions and closes them': times(249, '{% if true %}') + times(249, '{% endif %}'),
  'opens outputs without end': times(50_000, '{{'),
  'opens tags without end': times(50_000, '{%'),
  'opens brackets without end': `{{ a${times(30_000, '[a')} }}`,
  'opens parentheses without end': `{{ ${times(90_000, '(')} }}`,
  'chains a path of 40,000 names': `{{ ${times(40_000, 'a.')}a }}`,
  'chains 12,000 filters': `{{ a${times(12_000, ' | upcase')} }}`,
  'joins 16,000 conditions': `{% if ${times(16_000, 'a and ')}a %}x{% endif %}`,
  'has 14,000 missing variables': times(14_000, '{{ x }}'),
  'has 500 missing variables on 2,000 lines': times(500, '{{ x }}\n\n\n\n'),
  'replaces nothing by much': times(499, `{{ a | replace: '', '${times(150, 'b')}' }}`),
  'splits and joins with a long separator': `{{ a | split: "" | join: "${times(1_900, 'b')}" }}`.repeat(40),
  'pads a truncation': '{{ a | truncate: 99999999999 }}{{ a | truncatewords: 99999999999 }}',
  'has spaces for a slow pattern to trip over': `{{ a | append: "${times(1_900, ' ')}x" | truncatewords: 1 | strip }}`,
  'reads a file': '{% include "/etc/passwd" %}{% render "/etc/passwd" %}{% layout "/etc/passwd" %}',
  'loops a billion times': '{% for i in (1..1000000000) %}{{ i }}{% endfor %}',
  'makes a range of a billion': '{% assign r = (1..1000000000) %}{{ r | size }}',
  'climbs to the prototype': '{{ a.constructor.constructor }}{{ a.__proto__ }}{{ __proto__.polluted }}',
  'compares in many ways': times(249, '{% if a == "1" %}{{ b }}{% endif %}'),
}

it.each(Object.entries(HOSTILE))('stops a template that %s', (_title, source) => {
  const template = { subject: 'x', bodyText: source, bodyHtml: source }
  const before = process.cpuUsage()
  parseTemplate(template)
  const result = renderMessage(template, { a: 'a value', b: 'another' })
  if (!parseTemplate(template).length) {
    usedVariables(template)
    unknownVariables(template, new Set(['a']))
  }
  // All of it together. The processor's time, because other tests run beside this one.
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(1_000)
  if (result.ok) expect(result.text.length + (result.html?.length ?? 0)).toBeLessThan(2_000_000)
})
