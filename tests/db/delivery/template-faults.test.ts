import { afterEach, beforeEach, expect, it } from 'vitest'
import { judge, type SmtpOutcome } from '@/domain/delivery/outcome'
import { openRefusals } from '@/use-cases/delivery/refusals'
import { createEngine, type Engine, startOutreach, statusOf } from '../../support/engine'

const ACCEPTED: SmtpOutcome = { kind: 'accepted', response: '250 2.0.0 Ok' }
const REFUSED: SmtpOutcome = { kind: 'refused', phase: 'body', code: 554, response: '554 5.6.0 Malformed' }

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

it('counts batches in the order of their results, though they are recorded side by side', async () => {
  const { id: campaignId } = await startOutreach(engine, { leads: 40, days: [0] })
  const emails = await engine.db.scheduledEmail.findMany({
    where: { campaignId },
    orderBy: { id: 'asc' },
    include: { lead: true },
  })
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  const refusals = await openRefusals(engine.deps, mailbox)
  // Accepted, refused, accepted, refused, ...: no two refusals follow each other.
  const batches = emails.map(({ lead, ...row }, i) => {
    const outcome = i % 2 ? REFUSED : ACCEPTED
    const email = { ...row, email: lead.email }
    const answer = { email, fencingToken: 1, outcome, verdict: judge(outcome) }
    return refusals.settle([answer], async () => undefined)
  })
  const settled = (await Promise.all(batches)).flat()
  expect(settled.map(({ verdict }) => verdict.kind)).toEqual(emails.map((_, i) => (i % 2 ? 'failed' : 'sent')))
  expect(await statusOf(engine, campaignId)).toBe('running')
  const stored = await engine.db.mailboxRefusal.findMany()
  expect(stored.map(({ scheduledEmailId }) => scheduledEmailId)).toEqual([emails.at(-1)?.id])
})
