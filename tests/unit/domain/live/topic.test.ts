import { expect, it } from 'vitest'
import { campaignsOf, topicsOf } from '@/domain/live/topic'

const ID = '01a2b3c4-0000-7000-8000-000000000001'

it('reads what a page may listen to, each once', () => {
  expect(topicsOf(`inbox,campaign:${ID},inbox,mailboxes,notifications,mass_acts,health`)).toEqual([
    ...['inbox', `campaign:${ID}`, 'mailboxes', 'notifications', 'mass_acts', 'health'],
  ])
  expect(campaignsOf(['inbox', `campaign:${ID}`, 'mailboxes'])).toEqual([ID])
})

it.each([null, '', 'outbox', 'campaign:', `campaign:${ID}x`, `campaign:${ID.toUpperCase()}`, `lead:${ID}`])(
  'refuses %o',
  (text) => {
    expect(topicsOf(text)).toBeNull()
  },
)

it('refuses more than a page needs', () => {
  const ids = Array.from({ length: 11 }, (_, n) => `campaign:01a2b3c4-0000-7000-8000-${String(n).padStart(12, '0')}`)
  expect(topicsOf(ids.slice(0, 10).join(','))).toHaveLength(10)
  expect(topicsOf(ids.join(','))).toBeNull()
})
