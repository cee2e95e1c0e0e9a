import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cancelPending } from '@/db/queries/campaigns/cancel-pending'
import { putHeldBack } from '@/db/queries/delivery/hold-expired-leases'
import { recordDecisions } from '@/db/queries/delivery/record-decisions'
import { reopenFailed } from '@/db/queries/delivery/reopen-failed'
import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { beginNextCall, giveCallBackIf, insertCalls } from '@/db/queries/lead-generation/begin-next-call'
import { failCallIf } from '@/db/queries/lead-generation/record-response'
import { type Tx, transaction } from '@/db/sql'
import { EMAIL_STATUSES, type EmailStatus } from '@/domain/campaign/progress'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const DAY_MS = 86_400_000

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

type Emails = { campaignId: string; ids: string[]; leadIds: string[] }

const run = <T>(work: (tx: Tx) => Promise<T>) => transaction(engine.deps.sql, work)
const now = () => engine.clock.now()
const tomorrow = () => new Date(now().getTime() + DAY_MS)

/** The writes, each for all of the emails, from which state, and into which. */
const WRITES: [string, EmailStatus, EmailStatus, (emails: Emails) => Promise<unknown>][] = [
  [
    'putting off',
    'pending',
    'pending',
    ({ ids }) =>
      run((tx) =>
        recordDecisions(
          tx,
          ids.map((id) => ({ id, kind: 'defer', reason: 'pace', until: tomorrow() })),
          now(),
        ),
      ),
  ],
  [
    'skipping',
    'pending',
    'skipped',
    ({ ids }) =>
      run((tx) =>
        recordDecisions(
          tx,
          ids.map((id) => ({ id, kind: 'skip', reason: 'suppressed' })),
          now(),
        ),
      ),
  ],
  [
    'skipping for the lead',
    'pending',
    'skipped',
    ({ leadIds }) => run((tx) => skipPendingOfLeads(tx, { leadIds, reason: 'suppressed', at: now() })),
  ],
  ['cancelling', 'pending', 'cancelled', ({ campaignId }) => run((tx) => cancelPending(tx, campaignId, now()))],
  [
    'sending again',
    'held',
    'pending',
    ({ campaignId, ids }) => run((tx) => putHeldBack(tx, { campaignId, ids, now: tomorrow() })),
  ],
  [
    'trying again',
    'failed',
    'pending',
    ({ campaignId, ids }) => run((tx) => reopenFailed(tx, { campaignId, ids, now: tomorrow() })),
  ],
]

/** A running campaign with one email in each state, in the order of the states. */
async function oneOfEach(): Promise<Emails> {
  const { id: campaignId } = await startOutreach(engine, { leads: EMAIL_STATUSES.length, days: [0] })
  const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId }, orderBy: { id: 'asc' } })
  for (const [i, status] of EMAIL_STATUSES.entries()) {
    await engine.db.scheduledEmail.update({
      where: { id: emails[i]?.id ?? '' },
      data: { status, claim: 3, leaseUntil: status === 'sending' ? new Date(Date.now() + DAY_MS) : null },
    })
  }
  // Enough for all to be taken back.
  await engine.db.campaign.update({ where: { id: campaignId }, data: { emailsFailedCount: emails.length } })
  return { campaignId, ids: emails.map(({ id }) => id), leadIds: emails.map(({ leadId }) => leadId) }
}

const rowsOf = (ids: string[]) =>
  engine.db.scheduledEmail.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } })

describe('a write that comes when emails have moved on', () => {
  it.each(WRITES)('%s changes those that are %s alone, to %s', async (what, from, to, write) => {
    const emails = await oneOfEach()
    // Of one that is being sent the database itself refuses a change that leaves its lease.
    const sending = EMAIL_STATUSES.indexOf('sending')
    const named = { ...emails, ids: emails.ids.toSpliced(sending, 1), leadIds: emails.leadIds.toSpliced(sending, 1) }
    if (what === 'cancelling') await engine.db.scheduledEmail.delete({ where: { id: emails.ids[sending] ?? '' } })
    const before = await rowsOf(named.ids)
    await write(named)
    const after = await rowsOf(named.ids)
    const moved = EMAIL_STATUSES.toSpliced(sending, 1).indexOf(from)
    expect(after.map(({ status }) => status)).toEqual(before.map(({ status }, i) => (i === moved ? to : status)))
    expect(after[moved]).not.toEqual(before[moved])
    expect(after.toSpliced(moved, 1)).toEqual(before.toSpliced(moved, 1))
  })

  it.each(WRITES)('%s leaves one that is being sent', async (_what, _from, _to, write) => {
    const emails = await oneOfEach()
    await write(emails)
    expect((await rowsOf(emails.ids))[EMAIL_STATUSES.indexOf('sending')]).toMatchObject({ status: 'sending', claim: 3 })
  })

  it.each(WRITES.filter(([what]) => ['putting off', 'skipping', 'sending again', 'trying again'].includes(what)))(
    '%s leaves emails that were not named',
    async (_what, _from, _to, write) => {
      const emails = await oneOfEach()
      const before = await rowsOf(emails.ids)
      await write({ ...emails, ids: [] })
      expect(await rowsOf(emails.ids)).toEqual(before)
    },
  )

  it.each(WRITES.filter(([what]) => ['cancelling', 'sending again', 'trying again'].includes(what)))(
    '%s leaves emails of other campaigns',
    async (_what, _from, _to, write) => {
      const emails = await oneOfEach()
      const { id: campaignId } = await startOutreach(engine, { leads: 1, days: [0] })
      const before = await rowsOf(emails.ids)
      await write({ ...emails, campaignId })
      expect(await rowsOf(emails.ids)).toEqual(before)
    },
  )

  it.each(['completed', 'draft', 'scheduled'])('nothing is sent again in a campaign that is %s', async (status) => {
    const emails = await oneOfEach()
    await engine.db.campaign.update({ where: { id: emails.campaignId }, data: { status } })
    const before = await rowsOf(emails.ids)
    await run((tx) => putHeldBack(tx, { ...emails, now: tomorrow() }))
    expect(await rowsOf(emails.ids)).toEqual(before)
  })
})

describe('a call of a lead source that another worker has under way', () => {
  const FAILED = { status: 'failed', kind: 'outage', message: 'down' } as const
  const back = (id: string, claim: number) => run((tx) => giveCallBackIf(tx, { id, claim }))
  const fail = (id: string, claim: number) => run((tx) => failCallIf(tx, { id, claim, ...FAILED, at: now() }))

  /** A paid call, asked under claim 2. */
  async function asked(status = 'asked') {
    const campaign = await engine.db.campaign.create({ data: { name: 'Finds', campaignType: 'lead_generation' } })
    const sourceRun = await engine.db.leadGenerationRun.create({ data: { campaignId: campaign.id, dueAt: now() } })
    const key = { runId: sourceRun.id, source: 'hunter' as const }
    const call = { api: 'hunter' as const, kind: 'domain', paid: true, params: {}, refs: [] }
    await run((tx) => insertCalls(tx, { ...key, calls: [call], status: 'waiting' }))
    await run((tx) => beginNextCall(tx, { ...key, at: now(), leaseUntil: tomorrow() }))
    const { id } = await engine.db.leadGenerationCall.findFirstOrThrow({ where: { runId: sourceRun.id } })
    const leaseUntil = status === 'asked' ? tomorrow() : null
    await engine.db.leadGenerationCall.update({ where: { id }, data: { claim: 2, status, leaseUntil } })
    return id
  }
  const statusOf = async (id: string) =>
    (await engine.db.leadGenerationCall.findUniqueOrThrow({ where: { id } })).status

  it.each([
    ['given back', back, 'waiting'],
    ['failed', fail, 'failed'],
  ] as const)('is not %s under an older claim, nor once it is closed', async (_what, write, then) => {
    const id = await asked()
    await write(id, 1)
    expect(await statusOf(id)).toBe('asked')
    await write(id, 2)
    expect(await statusOf(id)).toBe(then)
    for (const status of ['answered', 'in_doubt', 'dropped']) {
      const closed = await asked(status)
      await write(closed, 2)
      expect(await statusOf(closed)).toBe(status)
    }
  })
})
