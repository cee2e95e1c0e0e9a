import { describe, expect, it } from 'vitest'
import { findVariableProblems } from '@/domain/message/problems'
import { compileTemplate, renderMessage } from '@/domain/message/render'
import { VARIABLE_NAMES, variablesOf } from '@/domain/message/variables'

const sender = { name: 'Sam Porter', email: 'sam@example.com' }
const values = (lead: object) => variablesOf({ email: 'a@x.example', ...lead }, sender, { name: 'Autumn' })
const textOf = (bodyText: string, lead: object = {}) => {
  const rendered = renderMessage({ subject: 'x', bodyText }, values(lead))
  return rendered.ok ? rendered.text : rendered.reason
}

describe('for a lead without a name', () => {
  it.each([
    ['{{ first_name | default: "team" }}', 'team'],
    ['{{ contact_name | upcase | default: "team" }}', 'team'],
    ['{{ first_name | default: contact_name | default: "team" }}', 'team'],
    ['{% if first_name %}A{% else %}B{% endif %}', 'B'],
    ['{% unless contact_name %}B{% endunless %}', 'B'],
    ['{% if first_name != "" %}A{% else %}B{% endif %}', 'B'],
    ['{% if first_name == "" %}B{% endif %}', 'B'],
    ['{% if first_name == blank %}B{% endif %}', 'B'],
    ['{% if first_name and city %}A{% else %}B{% endif %}', 'B'],
    ['{% assign who = first_name | default: "team" %}{{ who }}', 'team'],
    ['{% assign who = first_name %}{{ who | default: "team" }}', 'team'],
    ['{% assign who = first_name %}{% if who %}A{% else %}B{% endif %}', 'B'],
  ])("the template's own words count: %s is %s", (source, expected) => {
    expect(textOf(source)).toBe(expected)
  })

  it.each([
    ['{{ first_name }}', 'there'],
    ['{{ contact_name | upcase }}', 'THERE'],
    ['{{ city | default: first_name }}', 'there'],
    ['{{ first_name | default: city }}', 'there'],
    ['{% assign who = first_name | capitalize %}{{ who }}', 'There'],
    ['{% if city == "Oslo" %}x{% endif %}{{ first_name }}', 'there'],
  ])('"there" stands where the template says nothing: %s is %s', (source, expected) => {
    expect(textOf(source)).toBe(expected)
  })

  it('a name that is there is used in each of these', () => {
    const lead = { firstName: 'Liv', lastName: 'Berg' }
    expect(textOf('{{ first_name | default: "team" }} {% if contact_name %}A{% endif %}', lead)).toBe('Liv A')
    expect(textOf('{% assign who = first_name %}{{ who | default: "team" }}', lead)).toBe('Liv')
  })
})

it('a check looks at the branch that a lead without a name really gets', () => {
  const source = '{% if first_name %}Hi {{ first_name }}{% else %}Hello {{ company_name }}{% endif %}'
  const { missing } = findVariableProblems({
    templates: [{ id: 't', name: 'T', compiled: compileTemplate({ subject: 'x', bodyText: source }) }],
    knownKeys: VARIABLE_NAMES,
    valuesByLead: [values({ firstName: 'Liv' }), values({}), values({ companyName: 'Fjell' })],
  })
  expect(missing).toEqual([{ templateId: 't', templateName: 'T', name: 'company_name', leads: 1 }])
})
