import { expect, it } from 'vitest'
import { findForeignTags } from '@/domain/message/foreign-tags'
import { withinBound } from '../../../support/within-bound'

/** What is found in a body; the bound is for what would hang. */
function foundIn(body: 'bodyText' | 'bodyHtml', source: string): string[] {
  const template = { subject: '', bodyText: '', [body]: source }
  return withinBound(() => findForeignTags(template).map(({ text }) => text))
}

it('finds no choice of words in a brace that is never closed, however long', () => {
  expect(foundIn('bodyText', `{${'@'.repeat(90_000)}`)).toEqual([])
  expect(foundIn('bodyText', '{@|'.repeat(30_000))).toEqual([])
})

it('looks for code in HTML once, also where it is never closed', () => {
  const open = '<style><script>'.repeat(200_000)
  expect(foundIn('bodyHtml', `<style>[company]</style>${open}[company]`)).toEqual(['[company]'])
})

it('finds as many tags as there are, in one go', () => {
  expect(foundIn('bodyText', '[company] [city] '.repeat(100_000))).toEqual(['[company]', '[city]'])
})
