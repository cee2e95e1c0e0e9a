import { describe, expect, it, test } from 'vitest'
import { maybeSubjectOf } from '@/domain/conversation/unrecorded-subject'

describe('the subject of an email that was never recorded', () => {
  const fits = (template: string, subject: string) => maybeSubjectOf({ template, isInThread: false }, subject)

  test.each([
    ['A quieter warehouse', 'A quieter warehouse'],
    ['A quieter warehouse at {{ company_name }}', 'A quieter warehouse at Nordwind'],
    ['{{ first_name }}, a quieter warehouse', 'Ada, a quieter warehouse'],
    ['{{ first_name }}, is {{ company_name | upcase }} too loud?', 'Ada, is NORDWIND too loud?'],
    ['Hello  {{- first_name -}} , a question', 'Hello Ada, a question'],
    ['Two hours at {{ company_name }}', 'Two hours at Nordwind'],
    ['Re: a quieter warehouse at {{ company_name }}', 'Re: a quieter warehouse at Nordwind'],
    ['Hello {{ first_name }}{% if city %} from {{ city }}{% endif %}, one question', 'Hello Ada, one question'],
    [
      'Hello {{ first_name }}{% if city %} from {{ city }}{% endif %}, one question',
      'Hello Ada from Kiel, one question',
    ],
  ])('made from "%s" may be "%s"', (template, subject) => {
    expect(fits(template, subject)).toBe(true)
  })

  test.each([
    ['A quieter warehouse', 'A quieter warehouse at Nordwind'],
    ['A quieter warehouse at {{ company_name }}', 'Your warehouse at Nordwind'],
    ['A quieter warehouse at {{ company_name }}', 'Re: A quieter warehouse at Nordwind'],
    ['{{ first_name }}, is {{ company_name }} too loud?', 'Ada, too loud?'],
    ['{{ first_name }}, is {{ company_name }} too loud?', 'Ada, is Nordwind too loud'],
    ['abcdefgh {{ x }} fghijklm', 'abcdefghijklm'],
    ['{{ first_name }}, a quieter warehouse', 'Re: Ada, a quieter warehouse'],
    ['Hello {{ first_name }}', 'Hello again, and sorry for the noise'],
    ['Two hour at {{ company_name }}', 'Two hour at Nordwind'],
    ['Hello {% if city %}from {{ city }}{% endif %}', 'Hello from Kiel'],
    ['Quick intro', 'Quick intro'],
    ['{{ subject }}', 'Anything at all'],
    ['{{ a }}: {{ b }}', 'Re: Anything at all'],
  ])('made from "%s" is not "%s"', (template, subject) => {
    expect(fits(template, subject)).toBe(false)
  })

  it('that answers in a thread says nothing, for all answers of the thread have it', () => {
    const answer = { template: 'A quieter warehouse', isInThread: true }
    expect(maybeSubjectOf(answer, 'A quieter warehouse')).toBe(false)
    expect(maybeSubjectOf(answer, 'Re: A quieter warehouse')).toBe(false)
  })
})
