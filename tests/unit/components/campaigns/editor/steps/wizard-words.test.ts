import { expect, test } from 'vitest'
import { subjectLine } from '@/components/campaigns/editor/sequence/sequence-text'
import { estimateWords } from '@/components/campaigns/editor/steps/estimate-text'
import { fixLink } from '@/components/campaigns/editor/steps/preflight-links'
import { dayNumber } from '@/components/ui/data/calendar-text'

test('a step that replies in the thread shows no subject of its own; variables read as everywhere', () => {
  const subject = 'Re: {{ company_name | default: "you" }}'
  expect(subjectLine({ subject, replyInThread: false })).toBe('Subject: Re: [company_name]')
  expect(subjectLine({ subject, replyInThread: true })).toBe(
    'Replies in the thread of the first email, under its subject',
  )
})

test('a day of the forecast does not repeat its weekday, and says its month where one begins', () => {
  const words = (day: string, isFirst = false) => dayNumber(new Date(`${day}T00:00:00Z`), isFirst)
  expect([words('2026-11-27', true), words('2026-11-30'), words('2026-12-01'), words('2026-12-02')]).toEqual([
    '27 Nov',
    '30',
    '1 Dec',
    '2',
  ])
})

test('whoever leaves the review to fix something elsewhere finds a way back to it', () => {
  const back = '/campaigns/c1/edit?step=review&start=2026-03-02T09%3A00'
  const check = {
    subject: 'variables',
    kind: 'template_unreadable',
    level: 'block',
    step: 1,
    template: 'T',
    reason: 'x',
  } as const
  const link = fixLink({ ...check, fix: { kind: 'edit_template', templateId: 't1' } }, 'c1', back)
  expect(link).toEqual({ label: 'Fix', href: `/templates/t1?back=${encodeURIComponent(back)}` })
  const address = { subject: 'postal_address', kind: 'no_postal_address', level: 'block' } as const
  expect(fixLink({ ...address, fix: { kind: 'settings' } }, 'c1', back)?.href).toBe(
    `/settings?focus=postal-address&back=${encodeURIComponent(back)}`,
  )
  expect(fixLink({ ...address, fix: { kind: 'edit_step', step: 'leads' } }, 'c1', back)?.href).toBe(
    '/campaigns/c1/edit?step=leads',
  )
})

test('criteria that nobody fits get a next step', () => {
  expect(estimateWords({ total: 0, unit: 'people' })).toBe('Nobody fits. Take a criterion away, or widen one.')
})
