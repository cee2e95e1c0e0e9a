import { expect, it } from 'vitest'
import { choicesOf, NOTIFICATION_KINDS } from '@/domain/notification/kinds'
import { notificationEmail, notificationWords } from '@/domain/notification/words'

const mailbox = { name: 'sam@nexa.example', reading: false, reason: 'The password is wrong.' }

it('says who replied, from where, to what, and how it begins', () => {
  const reply = { kind: 'reply', over: false, excerpt: 'How many pallets?' } as const
  const from = { name: 'Ute Winter', company: 'Nordwind', isLead: true }
  const campaign = { name: 'Spring', ended: 'completed', reason: null } as const
  expect(notificationWords({ ...reply, from, campaign })).toEqual({
    title: 'Ute Winter (Nordwind) replied to “Spring”',
    detail: 'How many pallets?',
  })
  expect(notificationWords({ ...reply, from: { ...from, name: 'Nordwind' } }).title).toBe('Nordwind replied')
  expect(notificationWords({ ...reply, excerpt: '', from: { ...from, name: 'Ute', company: '' } })).toEqual({
    title: 'Ute replied',
    detail: null,
  })
  const stranger = { name: 'Bruno', company: '', isLead: false }
  expect(notificationWords({ ...reply, from: stranger }).title).toBe('Bruno wrote')
})

it('tells an end that was reached from one that was forced, with its reason', () => {
  const of = (ended: 'completed' | 'stopped' | 'failed') =>
    notificationWords({
      kind: 'campaign_ended',
      over: false,
      campaign: { name: 'Spring', ended, reason: ended === 'failed' ? 'Too many emails failed.' : null },
    })
  expect(of('stopped')).toEqual({ title: 'Campaign “Spring” was stopped', detail: null })
  expect(of('completed')).toEqual({ title: 'Campaign “Spring” is completed', detail: null })
  expect(of('failed')).toEqual({ title: 'Campaign “Spring” was stopped as failed', detail: 'Too many emails failed.' })
})

it('says what a mailbox does no more and why, and that it does it again once that is over', () => {
  const stopped = { kind: 'mailbox_stopped', over: false, mailbox } as const
  expect(notificationWords(stopped)).toEqual({
    title: 'sam@nexa.example has stopped sending',
    detail: 'The password is wrong.',
  })
  expect(notificationWords({ ...stopped, over: true }).detail).toBe('It sends again.')
  const unread = { ...stopped, mailbox: { ...mailbox, reading: true } }
  expect(notificationWords(unread).title).toBe('Answers to sam@nexa.example are not read')
  expect(notificationWords({ ...unread, over: true }).detail).toBe('They are read again.')
  const bounced = { kind: 'bounce_rate', over: false, mailbox } as const
  expect(notificationWords(bounced).detail).toContain('Only follow-ups')
  expect(notificationWords({ ...bounced, over: true }).detail).toBe('It begins new sequences again.')
})

it('puts one thing into the subject of an email, counts more, and says how many it leaves out', () => {
  const part = (n: number) => ({
    words: { title: `Lead ${n} replied`, detail: n % 2 ? 'Yes?' : null },
    url: `https://x.example/${n}`,
  })
  const choicesUrl = 'https://x.example/account#notifications'
  expect(notificationEmail([part(1)], { more: 0, choicesUrl })).toEqual({
    subject: 'Lead 1 replied',
    lines: [
      'Lead 1 replied\nYes?\nhttps://x.example/1',
      `You get this email because you chose so. Change it here:\n${choicesUrl}`,
    ],
  })
  const many = notificationEmail([part(1), part(2)], { more: 3, choicesUrl })
  expect(many.subject).toBe('5 notifications of LeadNexConnect')
  expect(many.lines).toContain('Lead 2 replied\nhttps://x.example/2')
  expect(many.lines).toContain('And 3 more, which the app shows.')
})

it('knows a choice for every kind: the stored one, else in the app alone', () => {
  const stored = { kind: 'reply', inApp: false, byEmail: true } as const
  expect(choicesOf([stored])).toEqual(
    NOTIFICATION_KINDS.map((kind) => (kind === 'reply' ? stored : { kind, inApp: true, byEmail: false })),
  )
})
