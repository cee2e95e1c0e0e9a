import { describe, expect, it } from 'vitest'
import { type AnswerSettings, type ConversationState, type Effect, effectsOf } from '@/domain/conversation/effects'
import type { MessageKind } from '@/domain/conversation/kind'
import type { Match, MatchedBy, SentEmail } from '@/domain/conversation/match'

const NOW = new Date('2026-12-18T09:00:00Z')
const EMAIL: SentEmail = {
  id: 'e1',
  leadId: 'l1',
  campaignId: 'c1',
  mailboxId: 'm1',
  messageIds: ['<e1@nexa.example>'],
  to: 'ute@nordwind.example',
  subject: 'A quieter warehouse',
  sentAt: NOW,
  isOpen: true,
}
const STATE = {
  lead: { id: 'l1', email: 'ute@nordwind.example', status: 'contacted' },
  emailIsHeld: false,
  mailboxId: 'm1',
} satisfies ConversationState
// Weekdays from 9 to 17 in Berlin; Monday, 4 January 2027 is off.
const SETTINGS: AnswerSettings = {
  awayDays: 7,
  stopCompany: false,
  window: {
    timezone: 'Europe/Berlin',
    days: [1, 2, 3, 4, 5],
    startMinute: 540,
    endMinute: 1020,
    holidays: ['2027-01-04'],
  },
}
const by = (matched: MatchedBy, over: Partial<SentEmail> = {}): Match => ({ by: matched, email: { ...EMAIL, ...over } })

type Given = { match?: Match; state?: ConversationState; sender?: string | null; settings?: AnswerSettings }
const act = (
  kind: MessageKind,
  { match = by('in_reply_to'), state = STATE, sender = EMAIL.to, settings = SETTINGS }: Given = {},
): Effect[] => effectsOf(kind, match, state, { sender, settings, now: NOW })
const acts = (effects: Effect[]) => effects.map((effect) => effect.do)

const human: MessageKind = { kind: 'human', interest: null, left: null }
const bounce = (severity: 'hard' | 'soft' | 'policy' | 'delayed'): MessageKind => ({
  kind: 'bounce',
  recipients: [{ addresses: ['ute@nordwind.example'], severity, status: '5.1.1', words: '550 5.1.1 User unknown' }],
})
const complaint: MessageKind = { kind: 'complaint', address: null, feedback: 'abuse' }
const stop = (sure: boolean): MessageKind => ({ kind: 'stop_request', sure, words: 'remove me' })
const away = (day: string | null): MessageKind => ({
  kind: 'automatic',
  sign: 'subject',
  away: { until: day ? { day, words: `until ${day}` } : null },
  left: null,
})
const UNDECIDED = ['new', 'contacted', 'follow_up_1', 'follow_up_2']

describe('a person’s answer', () => {
  it('makes the lead replied and skips what is planned, by whatever it was matched', () => {
    for (const matched of ['in_reply_to', 'references', 'address', 'company_domain'] as const) {
      expect(act(human, { match: by(matched) })).toEqual([
        { do: 'set_lead_status', leadId: 'l1', to: 'replied', from: UNDECIDED },
        { do: 'skip_emails', leadId: 'l1', reason: 'replied' },
      ])
    }
  })

  it('proposes what it seems to say, and the successor it names', () => {
    const successor = { name: 'Max Sommer', address: 'max@nordwind.example' }
    expect(act({ kind: 'human', interest: 'wrong_person', left: { successor } }).slice(2)).toEqual([
      { do: 'propose', leadId: 'l1', interest: 'wrong_person', left: false, successor: null },
      { do: 'propose', leadId: 'l1', interest: null, left: true, successor },
    ])
  })

  it('also stops the company where the campaign says so, never a free-mail provider', () => {
    const settings = { ...SETTINGS, stopCompany: true }
    expect(act(human, { settings })).toContainEqual({
      do: 'skip_company',
      campaignId: 'c1',
      domain: 'nordwind.example',
      exceptLeadId: 'l1',
    })
    const state = { ...STATE, lead: { ...STATE.lead, email: 'ute@gmail.com' } }
    expect(acts(act(human, { settings, state }))).not.toContain('skip_company')
    expect(acts(act(human, { settings, match: by('address', { campaignId: null }) }))).not.toContain('skip_company')
  })

  it('does nothing without a match', () => {
    expect(effectsOf(human, null, null, { sender: 'x@y.example', settings: SETTINGS, now: NOW })).toEqual([])
  })
})

describe('a bounce', () => {
  it('for good makes the lead bounced, suppresses the address and counts', () => {
    expect(act(bounce('hard'), { match: by('returned_original') })).toEqual([
      { do: 'set_lead_status', leadId: 'l1', to: 'bounced', from: [...UNDECIDED, 'replied'] },
      { do: 'skip_emails', leadId: 'l1', reason: 'bounced' },
      { do: 'suppress', address: 'ute@nordwind.example', reason: 'bounced' },
      { do: 'count_bounce', emailId: 'e1', hard: true, words: '550 5.1.1 User unknown' },
    ])
  })

  it('at an address that the lead no longer has leaves the lead alone', () => {
    const state = { ...STATE, lead: { ...STATE.lead, email: 'ute.winter@nordwind.example' } }
    expect(acts(act(bounce('hard'), { state, match: by('returned_original') }))).toEqual(['suppress', 'count_bounce'])
  })

  it('that may pass counts, a refusal of ours is the mailbox’s, a delay is nothing', () => {
    expect(acts(act(bounce('soft')))).toEqual(['count_bounce'])
    expect(act(bounce('policy'))).toEqual([
      { do: 'note_refusal', mailboxId: 'm1', emailId: 'e1', words: '550 5.1.1 User unknown' },
    ])
    expect(act(bounce('delayed'))).toEqual([])
  })

  it.each([bounce('hard'), complaint])('without an id that this mailbox sent is forged: %j', (kind) => {
    expect(act(kind, { match: by('address') })).toEqual([])
    expect(act(kind, { match: by('company_domain') })).toEqual([])
    expect(act(kind, { match: by('returned_original', { mailboxId: 'm2' }) })).toEqual([])
    expect(effectsOf(kind, null, null, { sender: EMAIL.to, settings: SETTINGS, now: NOW })).toEqual([])
  })

  it('of several others says nothing of the lead', () => {
    const others = ['a@x.example', 'b@x.example'].map((address) => ({
      addresses: [address],
      severity: 'hard' as const,
      status: '',
      words: '',
    }))
    expect(act({ kind: 'bounce', recipients: others })).toEqual([])
  })
})

describe('a complaint', () => {
  it('suppresses at once and counts', () => {
    expect(acts(act(complaint, { match: by('returned_original') }))).toEqual([
      'set_lead_status',
      'skip_emails',
      'suppress',
      'count_complaint',
    ])
    expect(act(complaint)).toContainEqual({ do: 'suppress', address: 'ute@nordwind.example', reason: 'complained' })
  })
})

describe('an absence', () => {
  it('with a date defers to the first window after it', () => {
    // Friday, 1 January: the weekend and a holiday follow, so Tuesday at 9 in Berlin.
    expect(act(away('2027-01-01'))).toEqual([
      {
        do: 'defer_emails',
        leadId: 'l1',
        until: new Date('2027-01-05T08:00:00Z'),
        read: { day: '2027-01-01', words: 'until 2027-01-01' },
      },
    ])
  })

  it('without one defers by the setting', () => {
    expect(act(away(null))).toEqual([
      { do: 'defer_emails', leadId: 'l1', until: new Date('2026-12-25T09:00:00Z'), read: null },
    ])
  })

  it('that is over by now does nothing', () => {
    expect(act(away('2026-12-16'))).toEqual([])
  })

  it('of a colleague, and a receipt, do nothing', () => {
    expect(act(away('2027-01-01'), { match: by('company_domain') })).toEqual([])
    expect(act({ kind: 'automatic', sign: 'text', away: null, left: null })).toEqual([])
  })

  it('for ever proposes the successor', () => {
    const kind: MessageKind = { kind: 'automatic', sign: 'text', away: null, left: { successor: null } }
    expect(act(kind)).toEqual([{ do: 'propose', leadId: 'l1', interest: null, left: true, successor: null }])
  })
})

describe('a wish to get no further email', () => {
  it('that is sure suppresses the address and ends the sequence', () => {
    expect(act(stop(true)).slice(1)).toEqual([
      { do: 'suppress', address: 'ute@nordwind.example', reason: 'unsubscribed' },
      { do: 'skip_emails', leadId: 'l1', reason: 'unsubscribed' },
    ])
    expect(act(stop(true))[0]).toMatchObject({ do: 'set_lead_status', to: 'unsubscribed' })
  })

  it('binds for the address written to, the one written from, and the lead’s present one', () => {
    const state = { ...STATE, lead: { ...STATE.lead, email: 'new@nordwind.example' } }
    const addresses = act(stop(true), { state, sender: 'ute@private.example' }).flatMap((effect) =>
      effect.do === 'suppress' ? effect.address : [],
    )
    expect(addresses).toEqual(['ute@nordwind.example', 'new@nordwind.example', 'ute@private.example'])
  })

  it('that is unsure asks a person', () => {
    expect(act(stop(false))).toEqual([{ do: 'ask_person', leadId: 'l1', about: 'stop_request' }])
  })

  it('of a colleague binds for the colleague, and asks about the lead', () => {
    const match = by('company_domain')
    expect(act(stop(true), { match, sender: 'max@nordwind.example' })).toEqual([
      { do: 'suppress', address: 'max@nordwind.example', reason: 'unsubscribed' },
      { do: 'ask_person', leadId: 'l1', about: 'stop_request_of_colleague' },
    ])
    expect(acts(act(stop(false), { match }))).toEqual(['ask_person'])
  })

  it('of somebody unknown binds for their address when it is sure', () => {
    const unmatched = (sure: boolean) =>
      effectsOf(stop(sure), null, null, { sender: 'x@y.example', settings: SETTINGS, now: NOW })
    expect(unmatched(true)).toEqual([{ do: 'suppress', address: 'x@y.example', reason: 'unsubscribed' }])
    expect(unmatched(false)).toEqual([])
  })
})

describe('what a message proves', () => {
  const state = { ...STATE, emailIsHeld: true }
  it('that a held email left, where its id is named', () => {
    expect(act(human, { state })[0]).toEqual({ do: 'resolve_held', emailId: 'e1', evidence: 'answer' })
    expect(act(bounce('hard'), { state })[0]).toEqual({ do: 'resolve_held', emailId: 'e1', evidence: 'bounce' })
    expect(acts(act(human, { state, match: by('address') }))).not.toContain('resolve_held')
    expect(acts(act(bounce('hard'), { state, match: by('in_reply_to', { mailboxId: 'm2' }) }))).toEqual([])
  })
})
