import { expect, test } from 'vitest'
import { backWords } from '@/components/shell/way-back-text'
import { routes } from '@/routes'

test('names the places that send people elsewhere to fix something', () => {
  expect(backWords(routes.campaigns())).toBe('Back to your first campaign')
  expect(backWords(routes.editCampaign('0198c0de-1', { step: 'review', start: '2026-03-02T09:00' }))).toBe(
    'Back to the draft',
  )
})

test('leads to no other place, and never to another site', () => {
  for (const href of [
    '/leads',
    '/campaigns/1',
    'https://else.example/campaigns',
    '//else.example/campaigns',
    'javascript:0',
    '',
    '/\\else.example/campaigns',
  ])
    expect(backWords(href)).toBeNull()
})
