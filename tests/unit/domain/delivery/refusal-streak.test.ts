import { describe, expect, it } from 'vitest'
import { judge, type SmtpOutcome } from '@/domain/delivery/outcome'
import { type Answered, type RefusalMemory, settleRefusals, wordsOf } from '@/domain/delivery/refusal-streak'

const ODD = '550 5.7.1 Policy of this house forbids it'
const refused = (response: string, phase: 'rcpt' | 'body' = 'rcpt'): SmtpOutcome => ({
  kind: 'refused',
  phase,
  code: Number(response.slice(0, 3)),
  response,
})
const SILENT: SmtpOutcome = { kind: 'broken', phase: 'mail', error: 'No end after 120 s', unanswered: true }
const YES: SmtpOutcome = { kind: 'accepted', response: '250 ok' }
const BUSY = refused('451 4.7.1 Come back later')

const answered = (lead: number, domain: string, outcome: SmtpOutcome, campaignId = 'c1'): Answered => ({
  email: { id: `e${lead}`, leadId: `l${lead}`, campaignId, email: `ada@${domain}` },
  fencingToken: 1,
  outcome,
  verdict: judge(outcome),
})

/** Plays batches one after the other, and tells what each email's verdict was at last, and whom each row was about. */
function play(...batches: Answered[][]) {
  let state: RefusalMemory = { streak: [], culprits: [] }
  const verdicts = new Map<string, string>()
  const culprits: (string | null)[] = []
  for (const batch of batches) {
    const { settled, streak, culprits: found, blamed } = settleRefusals(state, batch)
    for (const { email, verdict } of settled)
      verdicts.set(email.id, verdict.kind === 'mailbox' ? verdict.action : verdict.kind)
    for (const { scheduledEmailId } of blamed.flatMap(({ giveBack }) => giveBack))
      verdicts.set(scheduledEmailId, 'given back')
    culprits.push(...blamed.map(({ culprit }) => culprit.campaignId))
    state = { streak, culprits: found }
  }
  return { ...state, culprits, verdicts: [...verdicts.values()] }
}
const oneByOne = (...answers: Answered[]) => play(...answers.map((answer) => [answer]))
const domains = ['a.example', 'b.example', 'c.example', 'd.example']
const domainOf = (i: number) => domains[i % domains.length] ?? ''

describe('refusals beside each other', () => {
  it('stop the mailbox at the fifth recipient at three domains, and the four before come back', () => {
    const { verdicts, streak } = oneByOne(...[1, 2, 3, 4, 5].map((i) => answered(i, domainOf(i), refused(ODD))))
    expect(verdicts).toEqual(['given back', 'given back', 'given back', 'given back', 'stop'])
    expect(streak).toEqual([])
  })

  it('are each the recipient’s own below that, and at two domains up to nine', () => {
    expect(oneByOne(...[1, 2, 3, 4].map((i) => answered(i, domainOf(i), refused(ODD)))).verdicts).toEqual(
      Array(4).fill('failed'),
    )
    const nine = Array.from({ length: 9 }, (_, i) => answered(i, domains[i % 2] ?? '', refused(ODD)))
    expect(oneByOne(...nine).verdicts).toEqual(Array(9).fill('failed'))
    expect(oneByOne(...nine, answered(9, 'a.example', refused(ODD))).verdicts).toEqual([
      ...Array(9).fill('given back'),
      'stop',
    ])
  })

  it('are compared without addresses, hosts, ids and numbers', () => {
    const texts = [1, 2, 3, 4, 5].map(
      (i) =>
        `550 5.7.${i} <ada@${domainOf(i)}>: refused by mx${i}.${domainOf(i)} [203.0.113.${i}] id=9f${i}x, in ${i} ms`,
    )
    expect(new Set(texts.map(wordsOf)).size).toBe(1)
    const other = '550 5.7.1 Something else'
    expect(wordsOf(other)).not.toBe(wordsOf(ODD))
    const mixed = [1, 2, 3, 4, 5].map((i) => answered(i, domainOf(i), refused(i === 3 ? other : ODD)))
    expect(oneByOne(...mixed).verdicts).toEqual(Array(5).fill('failed'))
  })

  it('begin anew when anybody is accepted in between, also in the same batch', () => {
    const four = [1, 2, 3, 4].map((i) => answered(i, domainOf(i), refused(ODD)))
    expect(oneByOne(...four, answered(9, 'x.example', YES), answered(5, 'e.example', refused(ODD))).verdicts).toEqual([
      ...Array(4).fill('failed'),
      'sent',
      'failed',
    ])
    const five = [1, 2, 3, 4, 5].map((i) => answered(i, domainOf(i), refused(ODD)))
    expect(play([...five, answered(9, 'x.example', YES)]).verdicts).toEqual([...Array(5).fill('failed'), 'sent'])
  })

  it('never stop the mailbox for addresses that do not exist, however many', () => {
    for (const text of [
      '550 5.1.1 User unknown',
      '550 5.1.10 not found',
      '550 5.4.4 no host',
      '550 no such user here',
    ]) {
      const many = Array.from({ length: 30 }, (_, i) => answered(i, domainOf(i), refused(text)))
      expect(oneByOne(...many).verdicts).toEqual(Array(30).fill('failed'))
    }
  })

  it('let the mailbox cool down, and take back used attempts, when the server says "later" to all', () => {
    const later = refused('450 Not at this time of the year')
    expect(judge(later).kind).toBe('retry')
    const { verdicts } = oneByOne(...[1, 2, 3, 4, 5].map((i) => answered(i, domainOf(i), later)))
    expect(verdicts).toEqual(['given back', 'given back', 'given back', 'given back', 'cool_down'])
  })

  it('reach what was on the wire meanwhile', () => {
    const batch = (from: number) => [0, 1, 2, 3, 4, 5].map((i) => answered(from + i, domainOf(i), refused(ODD)))
    const late = [answered(90, 'z.example', refused(ODD))]
    expect(play(batch(0), batch(10), late).verdicts).toEqual(Array(13).fill('stop'))
  })

  it('count a lead once, whatever campaigns try it', () => {
    const again = [1, 2, 3, 4, 5].map((i) => ({
      ...answered(i, domainOf(i), refused(ODD)),
      email: { id: `e${i}`, leadId: 'l1', campaignId: 'c1', email: `ada@${domainOf(i)}` },
    }))
    expect(oneByOne(...again).verdicts).toEqual(Array(5).fill('failed'))
  })
})

describe('an email that is put back', () => {
  it('uses no attempt while nobody else passes', () => {
    const alone = Array.from({ length: 30 }, () => answered(1, 'a.example', BUSY))
    expect(oneByOne(...alone).verdicts).toEqual(['cool_down'])
  })

  it('uses one after it was put back ten times and others passed each time', () => {
    const rounds = Array.from({ length: 11 }, (_, i) => [
      answered(1, 'a.example', BUSY),
      answered(100 + i, 'b.example', YES),
    ])
    const kinds = rounds.flat().map((_, i, all) => oneByOne(...all.slice(0, i + 1).map((a) => a)).verdicts[0])
    expect(kinds.slice(0, 20)).toEqual(Array(20).fill('cool_down'))
    expect(kinds.at(20)).toBe('retry')
  })

  it('uses one at once where the server was silent to it alone', () => {
    expect(play([answered(1, 'a.example', SILENT), answered(2, 'b.example', YES)]).verdicts).toEqual(['retry', 'sent'])
    expect(
      oneByOne(answered(1, 'a.example', SILENT), answered(2, 'b.example', YES), answered(1, 'a.example', SILENT))
        .verdicts,
    ).toEqual(['retry', 'sent'])
    expect(oneByOne(answered(1, 'a.example', SILENT), answered(1, 'a.example', SILENT)).verdicts).toEqual(['cool_down'])
  })

  it('is forgotten once it is accepted', () => {
    expect(oneByOne(answered(1, 'a.example', BUSY), answered(1, 'a.example', YES)).streak).toEqual([])
  })
})

describe('emails refused at the end of their data', () => {
  const SPAM = '550 5.7.1 Message content rejected'
  const spam = (lead: number, campaign = 'c1', response = SPAM) =>
    answered(lead, 'a.example', refused(response, 'body'), campaign)
  const yes = (lead: number, campaign = 'c1') => answered(lead, 'a.example', YES, campaign)

  it('are the fault of their campaign at the third in a row, at one domain, too, and all three go back', () => {
    const { verdicts, culprits } = oneByOne(spam(1), spam(2), spam(3))
    expect(verdicts).toEqual(['given back', 'given back', 'template'])
    expect(culprits).toEqual(['c1'])
    expect(play([spam(1), spam(2), spam(3), spam(4)]).verdicts).toEqual(Array(4).fill('template'))
  })

  it('fail by themselves below that, with other words, for one lead, or with another accepted in between or beside', () => {
    for (const { verdicts, culprits } of [
      oneByOne(spam(1), spam(2)),
      oneByOne(spam(1), spam(2), spam(3, 'c1', '550 5.7.1 This smells of fish')),
      oneByOne(spam(1), spam(2), { ...spam(3), email: { ...spam(3).email, leadId: 'l1' } }),
      oneByOne(spam(1), spam(1), spam(1), spam(2)),
    ]) {
      expect([...new Set(verdicts)]).toEqual(['failed'])
      expect(culprits).toEqual([])
    }
    expect(oneByOne(spam(1), spam(2), yes(9), spam(3), spam(4)).culprits).toEqual([])
    expect(play([spam(1), spam(2), spam(3), yes(9)]).verdicts).toEqual(['failed', 'failed', 'failed', 'sent'])
  })

  it('are the campaign’s fault where those of another pass in between, in whatever order', () => {
    const { verdicts, culprits } = oneByOne(spam(1), yes(11, 'c2'), spam(2), yes(12, 'c2'), spam(3), yes(13, 'c2'))
    expect(culprits).toEqual(['c1'])
    expect(verdicts).toEqual(['given back', 'sent', 'given back', 'sent', 'template', 'sent'])
    expect(play([spam(1), yes(11, 'c2')], [spam(2), yes(12, 'c2')], [spam(3), yes(13, 'c2')]).culprits).toEqual(['c1'])
    // One of each was refused, and then somebody passed: nobody is refused alike any more.
    expect(oneByOne(spam(1), spam(21, 'c2'), yes(31, 'c3'), spam(2), spam(3)).culprits).toEqual(['c1'])
  })

  it('are the mailbox’s trouble where those of another campaign are refused alike', () => {
    const { verdicts, culprits, streak } = oneByOne(spam(1), spam(21, 'c2'), spam(2))
    expect(culprits).toEqual([null])
    expect(verdicts).toEqual(['given back', 'given back', 'stop'])
    expect(streak).toEqual([])
    expect(play([spam(1, 'c1'), spam(2, 'c2'), spam(3, 'c3')]).verdicts).toEqual(Array(3).fill('stop'))
  })

  it('are so at the next campaign’s first, when one was paused for them and nobody was accepted since', () => {
    const three = [spam(1), spam(2), spam(3)]
    const after = oneByOne(...three, spam(21, 'c2'))
    expect(after.culprits).toEqual(['c1', null])
    expect(after.verdicts).toEqual(['given back', 'given back', 'template', 'stop'])
    expect(oneByOne(...three, yes(31, 'c3'), spam(21, 'c2')).culprits).toEqual(['c1'])
  })

  it('count anew for a campaign that was paused for them, and once it was accepted', () => {
    const three = [spam(1), spam(2), spam(3)]
    const batches = (memory: RefusalMemory, ...answers: Answered[]) => {
      let state = memory
      return answers.map((answer) => {
        const { blamed, ...after } = settleRefusals(state, [answer])
        state = { ...after, culprits: [] }
        return blamed.length
      })
    }
    // Another job: it knows no culprit.
    expect(batches({ streak: [], culprits: [] }, ...three, spam(4), spam(5), spam(6))).toEqual([0, 0, 1, 0, 0, 1])
  })

  it('reach what was on the wire meanwhile, until the campaign is accepted again', () => {
    expect(oneByOne(spam(1), spam(2), spam(3), spam(4)).verdicts.at(-1)).toBe('template')
    expect(oneByOne(spam(1), spam(2), spam(3), yes(9), spam(4)).verdicts.at(-1)).toBe('failed')
  })

  it('never count when they name an address that does not exist, or say "later"', () => {
    for (const response of [
      "554 delivery error: dd This user doesn't have a yahoo.com account",
      '550 5.1.1 No such person',
    ])
      expect(oneByOne(spam(1, 'c1', response), spam(2, 'c1', response), spam(3, 'c1', response)).culprits).toEqual([])
    const later = '450 Not at the moment'
    expect(oneByOne(...[1, 2, 3].map((i) => spam(i, 'c1', later))).verdicts).toEqual(Array(3).fill('retry'))
  })

  it('are the campaign’s fault whatever is said of their size, never the mailbox’s', () => {
    const unoffered = (lead: number, campaign: string): Answered =>
      answered(lead, 'a.example', { kind: 'too_large', limit: 1000 }, campaign)
    const large = (lead: number, campaign = 'c1') => spam(lead, campaign, '552 5.3.4 Message size exceeds fixed limit')
    expect(oneByOne(large(1), unoffered(2, 'c1'), spam(3, 'c1', '552 5.2.3 Larger than 10 MB')).culprits).toEqual([
      'c1',
    ])
    expect(oneByOne(large(1), large(21, 'c2'), large(2), large(22, 'c2')).culprits).toEqual([])
    expect(oneByOne(large(1), large(21, 'c2'), large(2), large(3)).culprits).toEqual(['c1'])
    expect(oneByOne(large(1), spam(2), large(3)).culprits).toEqual([])
  })
})
