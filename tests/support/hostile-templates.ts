const times = (count: number, piece: string) => piece.repeat(count)
const doubling = (count: number) =>
  `{% assign a = 'xxxxxxxxxxxxxxxx' %}${times(count, '{% assign a = a | append: a %}')}`

/** Templates that would take for ever, or reach where they must not, by what they try. */
export const HOSTILE: Readonly<Record<string, string>> = {
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
