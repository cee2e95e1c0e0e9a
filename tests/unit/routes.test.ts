import { expect, test } from 'vitest'
import { routes } from '@/routes'

test('leaves out what stands at its default, so that one view has one address', () => {
  expect(routes.campaigns()).toBe('/campaigns')
  expect(routes.campaigns({ type: 'outreach', status: null, search: '', page: 1 })).toBe('/campaigns')
  expect(routes.campaign('c1', { tab: 'progress', page: 1 })).toBe('/campaigns/c1')
  expect(routes.leads({ sort: 'created', descending: true, after: null })).toBe('/leads')
  expect(routes.editCampaign('c1', { start: null })).toBe('/campaigns/c1/edit')
})

test('writes what differs into the query, encoded', () => {
  expect(routes.campaigns({ type: 'lead_generation', status: 'running', search: 'a&b c', page: 2 })).toBe(
    '/campaigns?type=lead_generation&status=running&search=a%26b+c&page=2',
  )
  expect(routes.campaignEmails('c1', 'held', 2)).toBe('/campaigns/c1?tab=emails&status=held&step=2')
  expect(routes.editCampaign('c1', { step: 'review', start: '2026-11-23T09:00' })).toBe(
    '/campaigns/c1/edit?step=review&start=2026-11-23T09%3A00',
  )
  expect(routes.batch('b1', { descending: false })).toBe('/leads/batches/b1?descending=false')
  expect(routes.signIn('/leads?page=2')).toBe('/sign-in?next=%2Fleads%3Fpage%3D2')
})

test('leaves out a way back from the sign-in that is too long for an answer', () => {
  const longest = `/leads?search=${'x'.repeat(986)}`
  expect(routes.signIn(longest)).toBe(`/sign-in?next=${encodeURIComponent(longest)}`)
  expect(routes.signIn(`${longest}x`)).toBe('/sign-in')
})
