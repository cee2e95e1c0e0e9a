import type { Random } from '../support/random'

const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 'x'
  for (let n = 0; n < depth; n++) value = wrap(value)
  return value
}

const STRINGS: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '\u202eabc\u2066',
  'e\u0301'.repeat(500),
  '👩‍👩‍👧‍👦'.repeat(200),
  'İıßﬁ',
  'a\r\nBcc: x@y.example',
  '\u2028\u2029\u0085\ufeff',
  "' OR 1=1 --",
  '%',
  '%_\\',
  '\\',
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  'null',
  '-1',
  '1e999',
  '0x10',
  '٣',
  '../../../../etc/hosts',
  '<script>alert(1)</script>',
  '{{ company_name | append: company_name }}',
  '{% for a in (1..100000000) %}{{ a }}{% endfor %}',
  '{{ "x" | default: "',
  '=cmd()',
  'x'.repeat(121),
  'x'.repeat(2_001),
  'x'.repeat(250_001),
  'ü'.repeat(100_000),
  `${'a'.repeat(64)}@${'b.'.repeat(120)}example`,
  '@'.repeat(1_000),
  'a@b@c',
  '"a b"@xn--.example',
  '2026-02-30',
  '2026-03-29T02:30:00',
  '0000-00-00',
  '+275760-09-13T00:00:00.001Z',
  'Europe/Atlantis',
  'not-a-uuid',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '0192F0C1-2D3E-7ABC-8DEF-0123456789AB',
  '{0192f0c1-2d3e-7abc-8def-0123456789ab}',
  '0192f0c12d3e7abc8def0123456789ab',
]

const NUMBERS: readonly number[] = [
  0,
  -0,
  -1,
  1,
  0.5,
  -1e-7,
  255,
  32_767,
  32_768,
  65_536,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  1e21,
  1e308,
  -1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  5e-324,
]

/** Made anew each time: whoever gets one may keep and change it. */
const THINGS: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => true,
  () => false,
  () => [],
  () => ({}),
  () => [null],
  () => [[]],
  () => new Date(0),
  () => new Date(8.64e15),
  () => new Date(-8.64e15),
  () => new Date(Number.NaN),
  () => 10n ** 30n,
  () => /(a+)+$/,
  () => new Map([['a', new Set([1, [2]])]]),
  () => new Error('made up'),
  () => new URL('http://127.0.0.1:1/x'),
  () => JSON.parse('{"__proto__":{"polluted":true}}'),
  () => JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  () => ({ toString: 1, valueOf: null, length: 1e9 }),
  () => JSON.parse('{"then":"x","toJSON":"y","$type":"z","_def":{}}'),
  () => nested(40, (inner) => [inner]),
  () => nested(40, (inner) => ({ a: inner })),
  () => nested(3_000, (inner) => [inner]),
  () => nested(3_000, (inner) => ({ json: inner })),
  () => Array.from({ length: 10_001 }, () => '0192f0c1-2d3e-7abc-8def-0123456789ab'),
  () => Array.from({ length: 20_000 }, (_, n) => n),
  () => Array.from({ length: 300 }, () => ({ a: 'x'.repeat(100) })),
  () => Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n])),
  () => Object.fromEntries(STRINGS.map((name) => [name.slice(0, 200), name.slice(0, 200)])),
]

/** Something that no field expects, or one at a border of what it expects. */
export function oddValue(random: Random): unknown {
  const kind = random.int(0, 9)
  if (kind < 4) return random.pick(STRINGS)
  if (kind < 6) return random.pick(NUMBERS)
  return random.pick(THINGS)()
}

export const oddString = (random: Random): string => random.pick(STRINGS)
