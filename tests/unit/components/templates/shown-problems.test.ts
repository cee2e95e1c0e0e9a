import { expect, test } from 'vitest'
import { shownProblems } from '@/components/templates/editor/shown-problems'
import { lintTemplate } from '@/domain/message/lint'

test('a placeholder that is being typed is no error before its field is left', () => {
  const unclosed = lintTemplate({ subject: 'Hello', bodyText: 'Hello {{ fi', bodyHtml: null }, [])
  expect(unclosed).toMatchObject([{ level: 'error', part: 'bodyText' }])
  expect(shownProblems(unclosed, 'bodyText')).toEqual([])
  expect(shownProblems(unclosed, 'subject')).toEqual(unclosed)
  expect(shownProblems(unclosed, null)).toEqual(unclosed)
})

test('everything else is said while it is typed', () => {
  const wrong = lintTemplate({ subject: 'Hello', bodyText: 'Hello {{ city | nosuch }}', bodyHtml: null }, [])
  expect(wrong).toMatchObject([{ level: 'error', part: 'bodyText' }])
  expect(shownProblems(wrong, 'bodyText')).toEqual(wrong)
})
