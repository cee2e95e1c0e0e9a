import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RECEIVED_KINDS, type ReceivedKind } from '@/domain/conversation/received-kind'
import {
  afterCorrection,
  afterMessage,
  afterReply,
  type ConversationFacts,
  done,
  lastMessageAt,
  type MessageOfTheirs,
  NOTHING_SAID,
  placed,
  reopened,
  SCOPES,
  scopesOf,
  snoozed,
  snoozeProblem,
} from '@/domain/inbox/conversation'

const hour = (n: number) => new Date(Date.UTC(2026, 11, 1) + n * 3_600_000)
const lead: ConversationFacts = { ...NOTHING_SAID, isMatched: true }
const message = (n: number, kind: ReceivedKind = 'human', asksPerson = false): MessageOfTheirs => ({
  at: hour(n),
  kind,
  asksPerson,
})
const scopes = (facts: ConversationFacts, n: number) => [...scopesOf(facts, hour(n))].sort()

describe('where a conversation stands', () => {
  it.each([
    ['human', ['everything', 'open', 'waiting']],
    ['stop_request', ['everything', 'open']],
    ['out_of_office', ['away', 'everything']],
    ['automatic', ['away', 'everything']],
    ['bounce', ['bounces', 'everything']],
    ['complaint', ['bounces', 'everything']],
    ['unreadable', ['everything', 'open']],
  ] as const)('after a message that is %s', (kind, expected) => {
    expect(scopes(afterMessage(lead, message(1, kind)), 2)).toEqual(expected)
  })

  it('waits for us where a person has to decide over a wish to stop', () => {
    expect(scopes(afterMessage(lead, message(1, 'stop_request', true)), 2)).toEqual(['everything', 'open', 'waiting'])
  })

  it('of somebody who is no lead is unmatched and waits for nobody, whatever came', () => {
    for (const kind of RECEIVED_KINDS)
      expect(scopes(afterMessage({ ...lead, isMatched: false }, message(1, kind)), 2)).toEqual([
        'everything',
        'unmatched',
      ])
  })

  it('keeps what is asked in sight behind an automatic answer or a bounce that came later', () => {
    const asked = afterMessage(lead, message(1))
    for (const kind of ['out_of_office', 'automatic', 'bounce', 'complaint', 'stop_request'] as const)
      expect(scopes(afterMessage(asked, message(2, kind)), 3)).toEqual(['everything', 'open', 'waiting'])
  })
})

describe('a reply of ours', () => {
  it('ends the waiting, and a message that comes later begins it again', () => {
    const answered = afterReply(afterMessage(lead, message(1)), hour(2))
    expect(scopes(answered, 3)).toEqual(['everything', 'open'])
    expect(answered.isUnread).toBe(false)
    expect(scopes(afterMessage(answered, message(3)), 4)).toEqual(['everything', 'open', 'waiting'])
  })

  it('that leaves after a message which came since it was written leaves that unread', () => {
    const asked = afterMessage(lead, message(3))
    expect(afterReply(asked, hour(4), hour(2)).isUnread).toBe(true)
    expect(afterReply(asked, hour(4), hour(3)).isUnread).toBe(false)
  })

  it('that was written before their latest message leaves that waiting and unread', () => {
    const after = afterReply(afterMessage(lead, message(2)), hour(1))
    expect(scopes(after, 3)).toEqual(['everything', 'open', 'waiting'])
    expect(after.isUnread).toBe(true)
  })

  it('ends the waiting of one whose snooze is over, and leaves one that had not ended when it was written', () => {
    const back = snoozed(afterMessage(lead, message(1)), hour(3))
    expect(scopes(afterReply(back, hour(3)), 4)).toEqual(['everything', 'open'])
    expect(scopes(afterReply(back, hour(2)), 4)).toEqual(['everything', 'open', 'waiting'])
  })

  it('leaves it done or snoozed', () => {
    const asked = afterMessage(lead, message(1))
    expect(scopes(afterReply(done(asked, hour(2)), hour(3)), 4)).toEqual(['done', 'everything'])
    expect(scopes(afterReply(snoozed(asked, hour(9)), hour(3)), 4)).toEqual(['everything', 'snoozed'])
  })
})

describe('a message that comes to a conversation which is done or snoozed', () => {
  const asked = afterMessage(lead, message(1))

  it.each(['human', 'stop_request', 'bounce', 'complaint', 'unreadable'] as const)('opens it again: %s', (kind) => {
    expect(scopesOf(afterMessage(done(asked, hour(2)), message(3, kind)), hour(4))).toContain('open')
    expect(scopesOf(afterMessage(snoozed(asked, hour(9)), message(3, kind)), hour(4))).toContain('open')
  })

  it.each(['automatic', 'out_of_office'] as const)('leaves it where it is: %s', (kind) => {
    expect(scopes(afterMessage(done(asked, hour(2)), message(3, kind)), 4)).toEqual(['done', 'everything'])
    expect(scopes(afterMessage(snoozed(asked, hour(9)), message(3, kind)), 4)).toEqual(['everything', 'snoozed'])
  })

  it('leaves it where it is when we have answered since: it was read late', () => {
    const closed = done(afterReply(asked, hour(5)), hour(6))
    expect(scopes(afterMessage(closed, message(4)), 7)).toEqual(['done', 'everything'])
    expect(afterMessage(closed, message(4)).isUnread).toBe(true)
  })
})

describe('snooze', () => {
  const away = snoozed(afterMessage(lead, message(1, 'out_of_office')), hour(9))

  it('hides it until its time, to the moment, and has it wait for us then, whatever it was', () => {
    expect(scopes(away, 8)).toEqual(['everything', 'snoozed'])
    expect(scopes(away, 9)).toEqual(['away', 'everything', 'waiting'])
  })

  it('of one that is done opens it again', () => {
    expect(snoozed(done(lead, hour(1)), hour(9)).doneAt).toBeNull()
  })

  it('ends where it is taken back, or done', () => {
    expect(scopes(snoozed(away, null), 3)).toEqual(['away', 'everything'])
    expect(scopes(done(away, hour(3)), 10)).toEqual(['done', 'everything'])
  })

  it('takes times to come, within a year', () => {
    expect(snoozeProblem(hour(1), hour(1))).toBe('Choose a time that is still to come.')
    expect(snoozeProblem(hour(2), hour(1))).toBeNull()
    expect(snoozeProblem(hour(24 * 366 + 1), hour(1))).toBeNull()
    expect(snoozeProblem(hour(24 * 366 + 2), hour(1))).toBe('Choose a time within a year.')
  })
})

describe('a correction', () => {
  it('of a reply to an automatic answer ends the waiting, and back begins it again', () => {
    const asked = afterMessage(lead, message(1))
    const automatic = afterCorrection(asked, [message(1, 'automatic')])
    expect(scopes(automatic, 2)).toEqual(['away', 'everything'])
    expect(scopes(afterCorrection(automatic, [message(1)]), 2)).toEqual(['everything', 'open', 'waiting'])
  })

  it('of one message leaves what another has asked', () => {
    const asked = [message(1), message(2)].reduce(afterMessage, lead)
    expect(scopes(afterCorrection(asked, [message(1), message(2, 'automatic')]), 3)).toContain('waiting')
  })

  it('opens nothing that is done', () => {
    const closed = done(afterMessage(lead, message(1, 'automatic')), hour(2))
    expect(scopes(afterCorrection(closed, [message(1)]), 3)).toEqual(['done', 'everything'])
  })
})

describe('any life of a conversation', () => {
  const at = fc.integer({ min: 0, max: 100 })
  const theirs = fc.record({ at: at.map(hour), kind: fc.constantFrom(...RECEIVED_KINDS), asksPerson: fc.boolean() })
  const step = fc.oneof(
    theirs.map((one) => (facts: ConversationFacts) => afterMessage(facts, one)),
    at.map((n) => (facts: ConversationFacts) => afterReply(facts, hour(n))),
    at.map((n) => (facts: ConversationFacts) => done(facts, hour(n))),
    at.map((n) => (facts: ConversationFacts) => snoozed(facts, hour(n))),
    fc.constant((facts: ConversationFacts) => reopened(facts)),
  )
  const life = fc.tuple(fc.boolean(), fc.array(step, { maxLength: 12 })).map(([isMatched, steps]) => {
    return steps.reduce<ConversationFacts>((facts, next) => next(facts), { ...NOTHING_SAID, isMatched })
  })

  it('stands in one place, in everything, and is never in sight while it is done or snoozed', () => {
    fc.assert(
      fc.property(life, at, (facts, n) => {
        const shown = scopesOf(facts, hour(n))
        expect(shown).toContain('everything')
        const places = SCOPES.filter((scope) => shown.has(scope) && scope !== 'everything' && scope !== 'waiting')
        expect(places).toHaveLength(1)
        const [place] = places
        expect(place === 'done').toBe(facts.doneAt !== null)
        expect(place === 'snoozed').toBe(
          facts.doneAt === null && facts.snoozedUntil !== null && facts.snoozedUntil > hour(n),
        )
        if (place === 'done' || place === 'snoozed') expect(shown).not.toContain('waiting')
      }),
    )
  })

  it('waits for us when a person wrote last, whatever was there before', () => {
    fc.assert(
      fc.property(life, (before) => {
        const facts = afterMessage({ ...before, isMatched: true }, message(101))
        expect(placed(facts)).toEqual({ scope: 'open', isWaiting: true })
        expect(facts.isUnread).toBe(true)
        expect(placed(afterReply(facts, hour(102))).isWaiting).toBe(false)
      }),
    )
  })

  it('waits for us no more once we have answered all of it, and no snooze is to come', () => {
    fc.assert(
      fc.property(life, (before) => {
        expect(scopesOf(afterReply(before, hour(101)), hour(102))).not.toContain('waiting')
      }),
    )
  })

  it('says the same of messages in whichever order they are read, and corrected to what they are', () => {
    const some = fc.uniqueArray(theirs, { selector: (one) => one.at.getTime(), maxLength: 8 })
    fc.assert(
      fc.property(some, fc.option(at), (messages, replied) => {
        const all = (list: MessageOfTheirs[]) => {
          const facts = list.reduce(afterMessage, lead)
          return replied === null ? facts : afterReply(facts, hour(replied))
        }
        const inOrder = messages.toSorted((a, b) => a.at.getTime() - b.at.getTime())
        expect(placed(all(messages))).toEqual(placed(all(inOrder)))
        expect(afterCorrection(all(messages), inOrder)).toEqual(all(messages))
        expect(lastMessageAt(all(messages))).toEqual(lastMessageAt(all(inOrder)))
      }),
    )
  })
})
