import { describe, expect, it } from 'vitest'
import { judge, type SmtpOutcome } from '@/domain/delivery/outcome'
import { type Answered, type RefusedEmail, settleRefusals, wordsOf } from '@/domain/delivery/refusal-streak'

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

const answered = (lead: number, domain: string, outcome: SmtpOutcome): Answered => ({
  email: { id: `e${lead}`, leadId: `l${lead}`, email: `ada@${domain}` },
  fencingToken: 1,
  outcome,
  verdict: judge(outcome),
})

/** Plays batches one after the other, and tells what each email's verdict was at last. */
function play(...batches: Answered[][]) {
  let state = { streak: [] as RefusedEmail[], ours: [] as readonly string[] }
  const verdicts = new Map<string, string>()
  for (const batch of batches) {
    const { settled, streak, ours, giveBack } = settleRefusals(state, batch)
    for (const { email, verdict } of settled)
      verdicts.set(email.id, verdict.kind === 'mailbox' ? verdict.action : verdict.kind)
    for (const { scheduledEmailId } of giveBack) verdicts.set(scheduledEmailId, 'given back')
    state = { streak, ours }
  }
  return { ...state, verdicts: [...verdicts.values()] }
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
      email: { id: `e${i}`, leadId: 'l1', email: `ada@${domainOf(i)}` },
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
