import { describe, expect, it } from 'vitest'
import { lintTemplate } from '@/domain/message/lint'
import { compileTemplate, parseTemplate, renderMessage } from '@/domain/message/render'
import { charactersTouched } from '../../../support/counts/characters-touched'

const times = (count: number, piece: string) => piece.repeat(count)
const doubling = (count: number) =>
  `{% assign s = 'xxxxxxxxxxxxxxxx' %}${times(count, '{% assign s = s | append: s %}')}`
const text = (length: number) => times(length, 'x')

/** Values of a lead, as long as they may be. */
const values = { a: 'a value', b: 'another', x: text(5_000), han: times(5_000, '漢'), amp: times(5_000, '&') }
// 9,500 characters out of a lead's.
const LONG = '{% assign l = x | append: x | truncate: 9500, "" %}'
const PATTERN = `{% assign p = x | truncate: 199, "" | append: "y" %}`

const TOO_LONG = 'a value in the template has more than 10,000 characters.'
const TOO_MUCH = 'The template makes too much text or takes too long.'
const TOO_LARGE = 'The subject or a body is larger than 500 kB.'
const LONG_PATTERN = 'a text to search for in the template has more than 200 characters.'
const STEPS = 'there are more than 2,000 values, filters and comparisons.'

// What keeps it from being saved, whatever the values are.
const REFUSED: [title: string, source: string, message: string][] = [
  ['doubles a text forty times', `${doubling(40)}{{ s }}`, `: ${TOO_LONG}`],
  ['doubles a text behind a condition', `{% if a == "never" %}${doubling(40)}{% endif %}.`, `: ${TOO_LONG}`],
  ['prints 8,192 characters 62 times', `${doubling(9)}${times(62, '{{ s }}')}`, `: ${lower(TOO_LARGE)}`],
  ['replaces each character by a long text', `{{ "${text(900)}" | replace: "x", "${text(900)}" }}`, `: ${TOO_LONG}`],
  ['joins characters by a long text', `{{ "${text(900)}" | split: "" | join: "${text(900)}" }}`, `: ${TOO_LONG}`],
  ['searches for a text of 201 characters', `{{ a | split: "${text(201)}" }}`, `, line 1: ${LONG_PATTERN}`],
  ['replaces a text of 201 characters', `{{ a | replace: "${text(201)}", "b" }}`, `, line 1: ${LONG_PATTERN}`],
  ['removes a text of 201 characters', `{{ a | remove: "${text(201)}" }}`, `, line 1: ${LONG_PATTERN}`],
  ['asks for a text of 201 characters', `{% if a contains "${text(201)}" %}x{% endif %}`, `, line 1: ${LONG_PATTERN}`],
  [
    'writes Han characters as a URL 400 times',
    `{% assign h = "${times(1000, '漢')}" %}${times(400, '{{ h | url_encode | size }}')}`,
    `: ${lower(TOO_MUCH)}`,
  ],
  [
    'upcases Greek 400 times',
    `{% assign g = "${times(1900, 'ΐ')}" %}${times(400, '{{ g | upcase | size }}')}`,
    `: ${lower(TOO_MUCH)}`,
  ],
  [
    'hides 10,000 filters behind quoted braces',
    `{{ "}}"${times(10_000, ' | upcase')} }}`,
    ', line 1: this placeholder has more than 2,000 characters.',
  ],
  [
    'has many "or" in each of its conditions',
    times(200, `{% if ${times(20, 'a == "1" or ')}b %}.{% endif %}`),
    `, line 1: ${STEPS}`,
  ],
  [
    'chains five filters 490 times',
    times(490, '{{ a | upcase | downcase | upcase | downcase | capitalize }}'),
    `, line 1: ${STEPS}`,
  ],
  [
    'puts brackets in brackets 600 times',
    `{{ a${times(600, '[a')}${times(600, ']')} }}`,
    ', line 1: there are too many brackets within brackets.',
  ],
  ['counts to a billion', '{{ (1..1000000000) | size }}', ', line 1: a range such as (1..3) is not available.'],
  [
    'counts to a billion in a filter',
    '{{ a | append: (1..1000000000) }}',
    ', line 1: a range such as (1..3) is not available.',
  ],
  ['writes a date of a billion digits', '{{ "now" | date: "%1000000000d" }}', ', line 1: there is no filter "date".'],
  ['pads a text to a billion', '{{ a | ljust: 1000000000 }}', ', line 1: there is no filter "ljust".'],
  [
    'captures in a loop',
    '{% for i in a %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}',
    ', line 1: the tag {% for %} is not available; if, unless, assign, comment, raw are.',
  ],
  [
    'captures what it has captured',
    times(40, '{% capture s %}{{ s }}{{ s }}{% endcapture %}'),
    ', line 1: the tag {% capture %} is not available; if, unless, assign, comment, raw are.',
  ],
]

// What stops it for a lead with the longest values.
const STOPPED: [title: string, source: string, message: string][] = [
  ['appends two values', '{{ x | append: x | append: x }}', capital(TOO_LONG)],
  ['searches for a long value', `${LONG}{{ l | split: x }}`, capital(LONG_PATTERN)],
  [
    'asks for a long value 100 times',
    `${LONG}{% if ${times(100, 'l contains x or ')}a %}.{% endif %}`,
    capital(LONG_PATTERN),
  ],
  ['searches 300 times', `${LONG}${PATTERN}${times(300, '{{ l | split: p | size }}')}`, TOO_MUCH],
  ['replaces 300 times', `${LONG}${PATTERN}${times(300, '{{ l | replace: p, "z" | size }}')}`, TOO_MUCH],
  ['removes 300 times', `${LONG}${PATTERN}${times(300, '{{ l | remove: p | size }}')}`, TOO_MUCH],
  [
    'asks in one condition 90 times',
    `${LONG}${PATTERN}{% if ${times(90, 'l contains p or ')}a %}.{% endif %}`,
    TOO_MUCH,
  ],
  ['takes a text apart 300 times', `${LONG}${times(300, '{{ l | split: "" | size }}')}`, TOO_MUCH],
  [
    'looks through a list 90 times',
    `${LONG}{% assign c = l | split: "" %}{% if ${times(90, 'c contains "y" or ')}a %}.{% endif %}`,
    TOO_MUCH,
  ],
  [
    'compares two lists 90 times',
    `${LONG}{% assign c = l | split: "" %}{% assign d = l | split: "" %}{% if ${times(90, 'c != d or ')}a %}.{% endif %}`,
    TOO_MUCH,
  ],
  ['writes Han characters as a URL', '{{ han | url_encode }}', capital(TOO_LONG)],
  ['counts words 300 times', `${LONG}${times(300, '{{ l | truncatewords: 2 | size }}')}`, TOO_MUCH],
  ['prints 5,000 characters 101 times', times(101, '{{ x }}'), TOO_LARGE],
  ['prints 5,000 characters that HTML writes with five each 25 times', times(25, '{{ amp }}'), TOO_LARGE],
  ['prints 5,000 Han characters 34 times', times(34, '{{ han }}'), TOO_LARGE],
]

// All that lint or a rendering does, with a margin; without the limits it is hundreds of times as much.
const TOUCHED_LIMIT = 10_000_000

describe('a template that', () => {
  it.each(REFUSED)('%s is refused before it is saved', (_title, source, message) => {
    let found: unknown
    const touched = charactersTouched(() => {
      found = lintTemplate({ subject: 'x', bodyText: source }, [])
    })
    expect(found).toEqual([{ level: 'error', part: 'bodyText', message: `The text body${message}` }])
    expect(touched).toBeLessThan(TOUCHED_LIMIT)
    expect(renderMessage({ subject: 'x', bodyText: source }, values)).toEqual({
      ok: false,
      missing: [],
      reason: `The text body${message}`,
    })
  })

  it.each(STOPPED)('%s is stopped for a lead whose values are long', (_title, source, message) => {
    const template = { subject: 'x', bodyText: 'x', bodyHtml: source }
    expect(parseTemplate(template)).toEqual([])
    const compiled = compileTemplate(template)
    let result: unknown
    const touched = charactersTouched(() => {
      result = compiled.render(values)
    })
    expect(result).toEqual({ ok: false, missing: [], reason: message })
    expect(touched).toBeLessThan(TOUCHED_LIMIT)
    // The same template does for most.
    expect(compiled.render({ ...values, x: 'short', han: '漢', amp: '&' }).ok).toBe(true)
  })
})

it('a long email of ordinary make is far from every limit', () => {
  const paragraph = `<p>Dear {{ first_name | default: "reader" | capitalize }}, ${text(900)} {% if city %}in {{ city }}{% endif %}</p>`
  const template = {
    subject: 'For {{ company_name | truncate: 40 }}',
    bodyText: times(60, paragraph),
    bodyHtml: times(60, paragraph),
  }
  expect(lintTemplate(template, []).filter(({ level }) => level === 'error')).toEqual([])
  expect(compileTemplate(template).render({ first_name: 'ada', company_name: 'Nordwind', city: 'Kiel' }).ok).toBe(true)
})

function capital(message: string) {
  return message.charAt(0).toUpperCase() + message.slice(1)
}

function lower(message: string) {
  return message.charAt(0).toLowerCase() + message.slice(1)
}
