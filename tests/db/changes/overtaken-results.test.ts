import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lockCampaignIf, lockPlannedEmails } from '@/db/queries/changes/lock-changing'
import { cancelEmailsIfPending, putLeadsBack, takeOutLeads } from '@/db/queries/changes/write-emails'
import { putHeldBack } from '@/db/queries/delivery/hold-expired-leases'
import { recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { closeSendGate } from '@/db/send-gate'
import { recordDecided } from '@/use-cases/delivery/prepare-emails'
import { recordAttempts } from '@/use-cases/delivery/record-results'
import { giveBack } from '@/use-cases/delivery/refusals'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { beginAnew, changeAsSeen } from '../../support/changes'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'
import { waitsFor } from '../../support/until-blocked'

const START = '2026-03-02T09:00:00Z'
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => beginAnew(engine, START))

type Email = { id: string; campaignId: string }
type Back = { status: string; prepare?: (email: Email) => Promise<void>; act: (email: Email) => Promise<unknown> }
/** What brings an email back, from the state in which it is. */
const BACK: Record<string, Back> = {
  'a result that is to be tried again': {
    status: 'sending',
    act: ({ id }) => {
      const outcome = { id, fencingToken: 1, status: 'pending' as const, reason: 'later', attemptUsed: true }
      const rest = { dueAt: engine.clock.now(), addressInvalid: false, message: null }
      return recordOutcomes(engine.deps.sql, [{ ...outcome, ...rest }], null, engine.clock.now())
    },
  },
  'a refusal that was not its fault': {
    status: 'failed',
    act: ({ id: scheduledEmailId }) => {
      const emails = [{ scheduledEmailId, claim: 1, suspect: 'content' as const }]
      return giveBack(engine.deps, { emails, reason: 'put_back' })
    },
  },
  'an unknown delivery that is sent again': {
    status: 'held',
    act: ({ id, campaignId }) => putHeldBack(engine.deps.sql, { campaignId, ids: [id], now: engine.clock.now() }),
  },
}

/** The server puts the email off, and says of another lead's that its address does not exist. */
function besideDeadAddress(): Back {
  const said = { fencingToken: 1, attemptUsed: true, message: null }
  const gone = { ...said, id: '', status: 'failed' as const, reason: 'no', dueAt: null, addressInvalid: true }
  const days = { mailboxId: '', mailboxDay: '2026-03-02', campaignDays: [] }
  const prepare = async ({ id, campaignId }: Email) => {
    const other = { campaignId, workflowStepNumber: 1, id: { not: id } }
    const dead = await engine.db.scheduledEmail.findFirstOrThrow({ where: other })
    const at = engine.clock.now()
    const data = { status: 'sending', claim: 1, sendingSince: at, leaseUntil: at }
    await engine.db.scheduledEmail.update({ where: { id: dead.id }, data })
    gone.id = dead.id
    days.mailboxId = dead.mailboxId
  }
  const act = ({ id }: Email) => {
    const dueAt = engine.clock.now()
    const later = { ...said, id, status: 'pending' as const, reason: 'later', dueAt, addressInvalid: false }
    return recordAttempts(engine.deps, [later, gone], days)
  }
  return { status: 'sending', prepare, act }
}

/** A campaign of which the first lead is taken out while what brings its first email back waits for that. */
async function takenOutMeanwhile({ status, prepare, act }: Back, size = 1) {
  const { id, leads } = await startOutreach(engine, { leads: size, days: [0, 5] })
  const leadId = leads[0]?.id ?? ''
  await engine.pool.query(
    `UPDATE scheduled_emails SET status = $2, claim = 1, sending_since = $3,
       lease_until = CASE WHEN $2 = 'sending' THEN $3::timestamptz END,
       failed_at = CASE WHEN $2 = 'failed' THEN $3::timestamptz END, ended_at = CASE WHEN $2 = 'failed' THEN $3::timestamptz END,
       held_at = CASE WHEN $2 = 'held' THEN $3::timestamptz END
     WHERE campaign_id = $1 AND lead_id = $4 AND workflow_step_number = 1`,
    [id, status, START, leadId],
  )
  if (status === 'failed') await engine.pool.query('UPDATE campaigns SET emails_failed_count = 1 WHERE id = $1', [id])
  const emails = () =>
    engine.db.scheduledEmail.findMany({ where: { campaignId: id, leadId }, orderBy: { workflowStepNumber: 'asc' } })
  const [first, second] = await emails()
  const back = { id: first?.id ?? '', campaignId: id }
  await prepare?.(back)
  const at = new Date(engine.clock.now().getTime() + 1_000)
  let answer: unknown
  await waitsFor(
    engine.deps.sql,
    async (tx) => {
      await lockCampaignIf(tx, id, ['running'])
      await takeOutLeads(tx, { campaignId: id, leadIds: [leadId], at })
      await cancelEmailsIfPending(tx, [second?.id ?? ''], at)
      await closeSendGate(tx)
    },
    async () => {
      const acting = act(back)
      // It begins before that, and is done after it.
      engine.clock.advance(2_000)
      answer = await acting
    },
  )
  engine.clock.advanceDays(2)
  await engine.work()
  return { id, leadId, emails, answer }
}

describe('a lead that is taken out while one of its emails comes back', () => {
  it.each(Object.keys(BACK))('gets nothing more after %s, and the campaign completes', async (what) => {
    const { id, emails } = await takenOutMeanwhile(BACK[what] as Back)
    expect(await readLedger(engine, id)).toMatchObject({ planned: 2, sent: 0, pending: 0 })
    expect((await emails()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled'])
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('comes back with that email, too, once it is put back', async () => {
    const { id, leadId, emails } = await takenOutMeanwhile(BACK['a result that is to be tried again'] as Back, 2)
    const { effect } = await changeAsSeen(engine, id, { putBackLeadIds: [leadId] })
    expect([effect.returned.emails, effect.returned.leads]).toEqual([2, 1])
    engine.clock.advance(60_000)
    await engine.work()
    expect((await emails()).map(({ status }) => status)).toEqual(['sent', 'pending'])
  })

  it('comes back with it, too, where that is recorded beside an address that is dead, whose turn it waits for', async () => {
    const { id, leadId } = await takenOutMeanwhile(besideDeadAddress(), 3)
    const { effect } = await changeAsSeen(engine, id, { putBackLeadIds: [leadId] })
    expect([effect.returned.emails, effect.returned.leads]).toEqual([2, 1])
  })

  it('is known to be out when an email of it is sent again', async () => {
    const act = ({ campaignId }: Email) => resolveHeld(engine.deps, { campaignId, choice: 'again', by: BY })
    const { answer } = await takenOutMeanwhile({ status: 'held', act })
    expect(answer).toEqual({ resolved: 0, ended: 1 })
  })
})

describe('a lead that is put back while it is decided that nothing leaves to it', () => {
  /** A lead that was taken out, and of whom an email has come back; `decided`: what a worker writes who has read that. */
  async function decided() {
    const { id, leadId, emails } = await takenOutMeanwhile(BACK['a result that is to be tried again'] as Back, 2)
    const [first] = await emails()
    await engine.pool.query(`UPDATE scheduled_emails SET status = 'pending', ended_at = NULL WHERE id = $1`, [
      first?.id,
    ])
    const record = [{ id: first?.id ?? '', kind: 'cancel' as const, reason: 'taken_out' }]
    return { id, leadId, emails, decided: () => recordDecided(engine.deps, record) }
  }

  it('has its email cancelled while it is out', async () => {
    const { emails, decided: write } = await decided()
    await write()
    expect((await emails()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled'])
  })

  it('keeps its email, put back before that is written', async () => {
    const { id, leadId, emails, decided: write } = await decided()
    await changeAsSeen(engine, id, { putBackLeadIds: [leadId] })
    await write()
    expect((await emails()).map(({ status }) => status)).toEqual(['pending', 'pending'])
  })

  it('keeps its email, put back while that waits to be written', async () => {
    const { id, leadId, emails, decided: write } = await decided()
    await waitsFor(
      engine.deps.sql,
      async (tx) => {
        await lockCampaignIf(tx, id, ['running'])
        await lockPlannedEmails(tx, id)
        await putLeadsBack(tx, { campaignId: id, leadIds: [leadId] })
      },
      write,
    )
    expect((await emails())[0]?.status).toBe('pending')
  })
})
