import { describe, expect, it } from 'vitest'
import { findForeignTags, unconfirmedTags } from '@/domain/message/foreign-tags'
import { lintTemplate } from '@/domain/message/lint'

const textsIn = (bodyText: string, bodyHtml = '') =>
  findForeignTags({ subject: 'x', bodyText, bodyHtml }).map(({ text }) => text)

describe('text that other programs replace', () => {
  it.each([
    '{Dear|Hi|Hey}',
    '{Dear {{ first_name }}|Hello}',
    '{ Regards | Best | }',
    '*|LNAME|*',
    '%%firstname%%',
    '%FIRSTNAME%',
    '%MY_COMPANY%',
    '[Company]',
    '[Vorname]',
    '[[last_name]]',
    '{LAST_NAME}',
    '{companyName}',
    '{Фамилия}',
    '{contactfield=lastname|you}',
    '\u0024{lastName}',
    '#{city}',
    '<<Last Name>>',
    '«Company»',
    '{!Lead.LastName}',
    '##Company##',
    '{$last_name}',
    '$LASTNAME$',
    '%recipient.first_name%',
    '@last_name',
  ])('is found: %s', (text) => {
    expect(textsIn(`Dear all,\nthis is ${text}, right?`)).toEqual([text])
  })

  it('is found in HTML with its signs written out, and not in style sheets', () => {
    expect(textsIn('x', '<style>p { color: red } q { content: "a|b" }</style><p>&lt;&lt;City&gt;&gt;</p>')).toEqual([
      '&lt;&lt;City&gt;&gt;',
    ])
  })

  it('is named once for each part, in reading order', () => {
    expect(findForeignTags({ subject: '{A one|A two}', bodyText: '%CITY% [City] %CITY%', bodyHtml: null })).toEqual([
      { part: 'subject', text: '{A one|A two}' },
      { part: 'bodyText', text: '%CITY%' },
      { part: 'bodyText', text: '[City]' },
    ])
  })
})

describe('ordinary text raises no alarm', () => {
  it.each([
    'It costs {50} or 20% less, about 10%off and 5%.',
    'As agreed [1], see [x], [sic], [optional] and [here].',
    'const a = { b: 1 }; if (a || b) { run(a | b) }',
    'Write to sam@first_name.example or @team, 3 | 4 | 5.',
    'https://x.example/caf%C3%A9%20b%C3%A9?q=%20a%20',
    '{{ first_name | default: "you" }} {% if city %}{{ city }}{% endif %} {% raw %}{Hi|Hey}{% endraw %}',
    'a << b >> c, {x}, $5 and #1',
    'Follow @fjell_team and @bo_lind, {$x}, 5$ or US$ and A$',
  ])('%s', (text) => {
    expect(textsIn(text)).toEqual([])
  })
})

it('the editor names it, with what is meant where that is known', () => {
  const template = { subject: 'x', bodyText: '{city} and {Hi|Hey}' }
  expect(lintTemplate(template, []).map(({ message, foreignText }) => [message, foreignText])).toEqual([
    ['{city} is sent as it stands. A variable has two braces: {{ city }}', '{city}'],
    ['{Hi|Hey} is sent as it stands.', '{Hi|Hey}'],
  ])
})

it('what a person has confirmed is not asked again', () => {
  const template = { subject: 'x', bodyText: '{Hi|Hey} [City] {Hi|Hey}' }
  expect(unconfirmedTags(template, [])).toEqual(['{Hi|Hey}', '[City]'])
  expect(unconfirmedTags(template, ['[City]'])).toEqual(['{Hi|Hey}'])
})
