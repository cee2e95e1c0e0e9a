import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { queryCount } from '@/db/sql'
import type { Answered } from '@/domain/delivery/refusal-streak'
import { resultOf } from '@/domain/delivery/result'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { giveBack, openRefusals } from '@/use-cases/delivery/refusals'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { BY, createEngine, type Engine, startOutreach, statusOf } from '../../support/engine'

type AnsweredEmail = Answered & { email: { templateId: string } }

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

/** A campaign of leads at domains of their own, and what a server may say to each of their emails. */
async function started(leads: number) {
  const { id: campaignId } = await startOutreach(engine, { leads, days: [0] })
  const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId }, orderBy: { id: 'asc' } })
  const at = engine.deps.clock.now()
  const onTheWire = { status: 'sending', claim: 1, sendingSince: at, leaseUntil: at } as const
  await engine.db.scheduledEmail.updateMany({ where: { campaignId }, data: onTheWire })
  const email = (i: number) => {
    const { id = '', leadId = '', templateId = '' } = emails[i] ?? {}
    return { email: { id, leadId, campaignId, templateId, email: `ada@company${i}.example` }, fencingToken: 1 }
  }
  const refused = (i: number): AnsweredEmail => ({
    ...email(i),
    outcome: { kind: 'refused', phase: 'rcpt', code: 554, response: '554 5.5.0 Transaction failed' },
    verdict: { kind: 'failed', reason: '554 5.5.0 Transaction failed', addressInvalid: false },
  })
  const accepted = (i: number): AnsweredEmail => ({
    ...email(i),
    outcome: { kind: 'accepted', response: '250 Ok' },
    verdict: { kind: 'sent', response: '250 Ok' },
  })
  const refusals = await openRefusals(engine.deps, await engine.db.mailbox.findFirstOrThrow())
  const attempt = { retryCount: 0, maxAttempts: 3, now: at, jitter: 0 }
  const record = async (settled: readonly Answered[]) => {
    const outcomes = settled.map(({ email: { id }, fencingToken, verdict }) => ({
      ...resultOf(verdict, attempt),
      ...{ id, fencingToken, message: null },
    }))
    await recordOutcomes(engine.deps.sql, outcomes, null, at)
  }
  return { campaignId, refusals, refused, accepted, record }
}

/** Resolves when nothing is asked of the database any more: whoever could go on has done so. */
async function calm(): Promise<void> {
  for (let idle = 0; idle < 3; ) {
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    const others = await queryCount(engine.deps.sql)`SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()`
    idle = others === 0 ? idle + 1 : 0
  }
}

it('forgets what was refused before an email was accepted, though the refusal is recorded last', async () => {
  const { refusals, refused, accepted, record } = await started(2)
  const late = Promise.withResolvers<void>()
  const first = refusals.settle([refused(0)], async (settled) => {
    await late.promise
    await record(settled)
  })
  const second = refusals.settle([accepted(1)], record)
  await calm()
  late.resolve()
  await Promise.all([first, second])
  expect(await engine.db.mailboxRefusal.count()).toBe(0)
})

it('gives back emails whose refusal was about the mailbox, though they are recorded after it turned out', async () => {
  const { campaignId, refusals, refused, record } = await started(5)
  const late = Promise.withResolvers<void>()
  const first = refusals.settle([0, 1, 2, 3].map(refused), async (settled) => {
    await late.promise
    await record(settled)
  })
  const second = refusals.settle([refused(4)], record)
  await calm()
  late.resolve()
  const [, [fifth]] = await Promise.all([first, second])
  expect(fifth?.verdict).toMatchObject({ kind: 'mailbox', action: 'stop' })
  const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId }, orderBy: { id: 'asc' } })
  expect(emails.map(({ status, retryCount }) => [status, retryCount])).toEqual([
    ...Array.from({ length: 5 }, () => ['pending', 0]),
  ])
  expect(await engine.db.mailboxRefusal.count()).toBe(0)
})

it('stores what is settled after a batch that could not be recorded', async () => {
  const { refusals, refused } = await started(2)
  const first = refusals.settle([refused(0)], async () => {
    throw new Error('The database is away')
  })
  await expect(first).rejects.toThrow('The database is away')
  await refusals.settle([refused(1)], async () => undefined)
  const stored = await engine.db.mailboxRefusal.findMany()
  expect(stored.map(({ domain }) => domain)).toEqual(['company1.example'])
})

describe('an email whose refusal turns out to be about the mailbox once its campaign is over', () => {
  /** One of two emails is refused; what `end` does, and it is given back. */
  async function givenBackAfter(end: (campaignId: string) => Promise<unknown>) {
    const { campaignId, refused, accepted, record } = await started(2)
    await record([refused(0)])
    await end(campaignId)
    await record([accepted(1)])
    await runTick(engine.deps)
    expect(await statusOf(engine, campaignId)).toBe('completed')
    const { id: scheduledEmailId } = refused(0).email
    await giveBack(engine.deps, { emails: [{ scheduledEmailId, claim: 1, suspect: 'mailbox' }], reason: 'ours' })
    const email = await engine.db.scheduledEmail.findUniqueOrThrow({ where: { id: scheduledEmailId } })
    const { emailsFailedCount } = await engine.db.campaign.findUniqueOrThrow({ where: { id: campaignId } })
    return { campaignId, email, emailsFailedCount }
  }

  it('stays failed where that ended by itself, and a person can try it again', async () => {
    const { campaignId, email, emailsFailedCount } = await givenBackAfter(async () => undefined)
    expect([email.status, email.failureReason, emailsFailedCount]).toEqual([
      'failed',
      '554 5.5.0 Transaction failed',
      1,
    ])
    expect(await retryFailed(engine.deps, { campaignId, by: BY })).toMatchObject({ reopened: 1 })
    expect(await statusOf(engine, campaignId)).toBe('running')
  })

  it('is cancelled where a person stopped that', async () => {
    const { email, emailsFailedCount } = await givenBackAfter((campaignId) =>
      stopCampaign(engine.deps, { campaignId, by: BY }),
    )
    expect([email.status, email.failureReason, emailsFailedCount]).toEqual(['cancelled', null, 0])
  })
})
