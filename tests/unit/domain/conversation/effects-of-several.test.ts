import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ConversationState, type Effect, effectsOf } from '@/domain/conversation/effects'
import type { MessageKind } from '@/domain/conversation/kind'
import type { SentEmail } from '@/domain/conversation/match'

const NOW = new Date('2026-12-18T09:00:00Z')
const LEAD = 'ute@nordwind.example'
const PEOPLE: readonly string[] = [LEAD, 'kim@x.example', 'li@y.example', 'max@z.example']
const WINDOW = { timezone: 'UTC', days: [1, 2, 3, 4, 5], startMinute: 540, endMinute: 1020, holidays: [] }

const replyTo = (recipients: readonly string[]): SentEmail => ({
  ...{ id: 'r1', leadId: 'l1', campaignId: 'c1', mailboxId: 'm1', messageIds: ['<r1@nexa.example>'] },
  ...{ to: recipients[0] ?? '', subject: 'x', sentAt: NOW, isOpen: false },
  reply: { plannedEmailId: 'e1', isForward: false, recipients },
})

const act = (kind: MessageKind, recipients: readonly string[], sender: string | null, isLead = true): Effect[] => {
  const lead = isLead ? { id: 'l1', email: LEAD, status: 'replied' as const } : null
  const state: ConversationState = { lead, emailIsHeld: false, mailboxId: 'm1' }
  const settings = { awayDays: 7, stopCompany: false, window: WINDOW }
  const email = { ...replyTo(recipients), leadId: lead?.id ?? null }
  return effectsOf(kind, { by: 'in_reply_to', email }, state, { sender, settings, now: NOW })
}
const touchesLead = (effects: readonly Effect[]) =>
  effects.some((effect) => 'leadId' in effect || (effect.do === 'suppress' && effect.address === LEAD))
const suppressedBy = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'suppress' ? [effect.address] : []))

const anybody = fc.constantFrom(...PEOPLE, 'other@elsewhere.example')
const several = fc.subarray([...PEOPLE], { minLength: 2 })
const bounce = (addresses: readonly string[]): MessageKind => ({
  kind: 'bounce',
  recipients: addresses.map((address) => ({ addresses: [address], severity: 'hard', status: '5.1.1', words: 'No' })),
})
const stop: MessageKind = { kind: 'stop_request', sure: true, words: 'remove me' }

describe('of a reply with several recipients', () => {
  it('a bounce suppresses those whom it names, and touches the lead only where that is one of them', () => {
    fc.assert(
      fc.property(several, fc.uniqueArray(anybody, { minLength: 1 }), (recipients, named) => {
        const effects = act(bounce(named), recipients, null)
        const meant = recipients.filter((address) => named.includes(address))
        expect(suppressedBy(effects)).toEqual(meant)
        expect(touchesLead(effects)).toBe(meant.includes(LEAD))
        expect(effects.some((effect) => effect.do === 'note_unnamed')).toBe(meant.length === 0)
      }),
    )
  })

  it('a complaint suppresses the one whom it names, and nobody where it names none', () => {
    fc.assert(
      fc.property(several, fc.option(anybody), (recipients, address) => {
        const effects = act({ kind: 'complaint', address, feedback: 'abuse' }, recipients, null)
        const isNamed = address !== null && recipients.includes(address)
        expect(suppressedBy(effects)).toEqual(isNamed ? [address] : [])
        expect(touchesLead(effects)).toBe(isNamed && address === LEAD)
      }),
    )
  })

  it('whoever asks to be removed is, and the lead is suppressed by its own word alone', () => {
    fc.assert(
      fc.property(several, anybody, (recipients, sender) => {
        const effects = act(stop, recipients, sender)
        expect(suppressedBy(effects)).toEqual([sender])
        const both = recipients.includes(LEAD) && recipients.includes(sender)
        const isAsked = effects.some((effect) => effect.do === 'ask_person')
        expect(isAsked).toBe(sender !== LEAD && !both)
      }),
    )
  })

  it('nothing is done to a lead where it went to nobody who is one', () => {
    const kinds: MessageKind[] = [
      ...[stop, bounce([...PEOPLE]), { kind: 'human' as const, interest: 'interested' as const, left: null }],
      { kind: 'automatic', sign: 'subject', away: { until: null }, left: null },
    ]
    fc.assert(
      fc.property(several, anybody, fc.constantFrom(...kinds), (recipients, sender, kind) => {
        expect(act(kind, recipients, sender, false).some((effect) => 'leadId' in effect)).toBe(false)
      }),
    )
  })
})
