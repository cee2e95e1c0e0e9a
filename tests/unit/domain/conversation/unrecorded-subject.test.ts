import { describe, expect, it, test } from 'vitest'
import { maybeSubjectOf } from '@/domain/conversation/unrecorded-subject'

describe('the subject of an email that was never recorded', () => {
  const fits = (template: string, subject: string) => maybeSubjectOf({ template, thread: null }, subject)

  test.each([
    ['A quieter warehouse', 'A quieter warehouse'],
    ['A quieter warehouse at {{ company_name }}', 'A quieter warehouse at Nordwind'],
    ['{{ first_name }}, a quieter warehouse', 'Ada, a quieter warehouse'],
    ['{{ first_name }}, is {{ company_name | upcase }} loud?', 'Ada, is NORDWIND loud?'],
    ['Hello  {{- first_name -}} !', 'Hello Ada!'],
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
    ['{{ first_name }}, is {{ company_name }} loud?', 'Ada, loud?'],
    ['{{ first_name }}, is {{ company_name }} loud?', 'Ada, is Nordwind loud'],
    ['abcd {{ x }} bcde', 'abcde'],
    ['{{ subject }}', 'Anything at all'],
    ['{{ a }}: {{ b }}', 'Re: Anything at all'],
  ])('made from "%s" is not "%s"', (template, subject) => {
    expect(fits(template, subject)).toBe(false)
  })

  it('that answers in a thread is that of the thread, as an answer', () => {
    const answer = { template: 'A second question', thread: 'A quieter warehouse at Nordwind' }
    expect(maybeSubjectOf(answer, 'Re: A quieter warehouse at Nordwind')).toBe(true)
    expect(maybeSubjectOf(answer, 'A quieter warehouse at Nordwind')).toBe(false)
    expect(maybeSubjectOf(answer, 'A second question')).toBe(false)
    expect(maybeSubjectOf(answer, 'Re: Your invoice')).toBe(false)
  })
})
