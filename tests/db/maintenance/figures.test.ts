import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSql } from '@/db/sql'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { startBoss } from '@/queue/boss'
import { createMeasures } from '@/use-cases/maintenance/create-measures'
import { createFiguresLook } from '@/use-cases/maintenance/read-figures'
import { recordHeartbeat } from '@/use-cases/maintenance/record-heartbeat'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { queuesOf } from '../../../worker/job'
import { JOBS } from '../../../worker/jobs'
import { metricsOf } from '../../support/counts/metrics'
import { createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'
import { openCountingPool } from '../../support/statement-work'

let engine: Engine
let mailboxId: string
beforeAll(async () => {
  engine = await createEngine()
  engine.deps.measures = createMeasures()
  const queue = { databaseUrl: engine.url, log: engine.deps.log, role: 'web' as const, queues: queuesOf(JOBS) }
  await (await startBoss(queue)).stop({ graceful: false })
  mailboxId = (await engine.db.mailbox.findFirstOrThrow()).id
})
afterAll(() => engine.close())

const figures = async () => metricsOf(await createFiguresLook()(engine.deps))
const measures = async () => metricsOf((await engine.deps.measures?.text()) ?? '')
const byState = (seen: Map<string, number>) =>
  Object.fromEntries(
    Object.keys(EMPTY_LEDGER).flatMap((status) => {
      const value = seen.get(`leadnex_emails{status="${status}"}`)
      return value === undefined ? [] : [[status, value]]
    }),
  )

describe('the figures of an installation', () => {
  it('say what the ledger says, before, in the middle of and after a campaign', async () => {
    const before = await figures()
    expect(byState(before)).toEqual({ pending: 0, sending: 0, held: 0, sent: 0, failed: 0, skipped: 0, cancelled: 0 })
    expect(before.get('leadnex_due_emails')).toBe(0)
    expect(before.has('leadnex_oldest_due_email_age_seconds')).toBe(false)

    const { id, leads } = await startOutreach(engine, { leads: 8, days: [0, 1] })
    engine.clock.advance(90_000)
    const due = await figures()
    expect(due.get('leadnex_due_emails')).toBe(8)
    expect(due.get('leadnex_oldest_due_email_age_seconds')).toBe(90)

    const [bounced, doubtful] = leads
    engine.sink.behave = (recipient) => {
      if (recipient === bounced?.email) return { at: 'rcpt', code: 550, message: '5.1.1 No such user' }
      return recipient === doubtful?.email ? { at: 'data', drop: true } : undefined
    }
    await engine.work()
    const ledger = await readLedger(engine, id)
    expect(ledger).toMatchObject({ sent: 6, failed: 1, held: 1, pending: 7, skipped: 1 })
    const { planned: _, ...states } = ledger
    const seen = await figures()
    expect(byState(seen)).toEqual(states)
    expect(seen.get('leadnex_ledger_imbalance_emails')).toBe(0)
    expect(seen.get('leadnex_due_emails')).toBe(0)

    const done = await measures()
    const recorded = (outcome: string) =>
      done.get(`leadnex_emails_recorded_total{mailbox="${mailboxId}",outcome="${outcome}"}`)
    expect([recorded('sent'), recorded('failed'), recorded('held')]).toEqual([ledger.sent, ledger.failed, ledger.held])
    // The refused one was never handed over; the one in doubt was.
    expect(done.get('leadnex_smtp_answer_seconds_count')).toBe(7)
    expect(done.get('leadnex_claim_seconds_count')).toBeGreaterThan(0)
    expect(done.get('leadnex_record_seconds_count')).toBeGreaterThan(0)
  })

  it('say by how many emails the books differ', async () => {
    await engine.pool.query(
      'UPDATE campaigns SET emails_sent_count = emails_sent_count + 2, emails_scheduled_count = emails_scheduled_count - 1',
    )
    expect((await figures()).get('leadnex_ledger_imbalance_emails')).toBe(3)
    await engine.pool.query(
      'UPDATE campaigns SET emails_sent_count = emails_sent_count - 2, emails_scheduled_count = emails_scheduled_count + 1',
    )
  })

  it('say how mailboxes are read and until when their tokens are good, and nothing of those that have neither', async () => {
    const now = engine.clock.realNow().getTime()
    const name = (metric: string) => `leadnex_${metric}{mailbox="${mailboxId}"}`
    const without = await figures()
    for (const metric of ['reader_lag_seconds', 'token_expiry_timestamp_seconds', 'sign_in_ended'])
      expect(without.has(name(metric))).toBe(false)
    const { name: called } = await engine.db.mailbox.findFirstOrThrow()
    expect(without.get(`leadnex_mailbox_info{mailbox="${mailboxId}",name="${called}",health="ready"}`)).toBe(1)

    const lastReadAt = new Date(now - 60_000)
    await engine.db.mailboxReader.create({ data: { mailboxId, imapHost: 'x.example', imapPort: 993, lastReadAt } })
    const expiresAt = new Date(now + 3_600_000)
    const signIn = { mailboxId, provider: 'google' as const, tokensEncrypted: 'x', expiresAt }
    await engine.db.mailboxSignIn.create({ data: signIn })
    const seen = await figures()
    expect(seen.get(name('reader_lag_seconds'))).toBeGreaterThanOrEqual(60)
    expect(seen.get(name('token_expiry_timestamp_seconds'))).toBe(expiresAt.getTime() / 1000)
    expect(seen.get(name('sign_in_ended'))).toBe(0)
    await engine.db.mailboxSignIn.update({ where: { mailboxId }, data: { endedReason: 'The password was changed.' } })
    expect((await figures()).get(name('sign_in_ended'))).toBe(1)
  })

  it('say how far imports and runs are, how long the queue is, and how many workers are alive', async () => {
    const real = engine.clock.realNow()
    const file = { fileName: 'a.csv', size: 10, reading: {}, createdAt: real, acceptedAt: real }
    const touchedAt = new Date(real.getTime() - 120_000)
    await engine.db.leadImport.createMany({
      data: [
        { ...file, status: 'running', totalRows: 1_000, place: 300, added: 300, touchedAt },
        { ...file, status: 'waiting', touchedAt: real },
        { ...file, status: 'done', totalRows: 50, place: 50, added: 50, touchedAt, finishedAt: real },
      ],
    })
    const campaign = await engine.db.campaign.create({ data: { name: 'Finding', campaignType: 'lead_generation' } })
    const startedAt = new Date(engine.clock.now().getTime() - 300_000)
    await engine.db.leadGenerationRun.create({
      data: {
        ...{ campaignId: campaign.id, dueAt: startedAt, startedAt, status: 'running' },
        sources: { create: { source: 'apollo', cap: 40, found: 12, added: 12 } },
      },
    })
    await recordHeartbeat(engine.deps, 'working')
    await engine.pool.query(`INSERT INTO pgboss.job (name, data) VALUES ('send-mailbox', '{}'), ('send-mailbox', '{}')`)
    const seen = await figures()
    expect(
      Object.fromEntries([...seen].filter(([key]) => /import|_run|workers|queue_jobs\{queue="send-mailbox"/.test(key))),
    ).toEqual({
      leadnex_open_imports: 2,
      leadnex_open_import_rows: 1_000,
      leadnex_open_import_rows_taken: 300,
      leadnex_open_import_idle_seconds: expect.any(Number),
      'leadnex_open_runs{status="pending"}': 0,
      'leadnex_open_runs{status="running"}': 1,
      leadnex_open_run_leads_wanted: 40,
      leadnex_open_run_leads_found: 12,
      leadnex_open_run_age_seconds: 300,
      leadnex_workers: 1,
      'leadnex_queue_jobs{queue="send-mailbox",state="waiting"}': 2,
      'leadnex_queue_jobs{queue="send-mailbox",state="active"}': 0,
    })
    expect(seen.get('leadnex_open_import_idle_seconds')).toBeGreaterThanOrEqual(120)
  })

  it('leave out what cannot be read, and keep the rest', async () => {
    const config = { ...engine.deps.config, queueSchema: 'nowhere' }
    const seen = metricsOf(await createFiguresLook()({ ...engine.deps, config }))
    expect([...seen.keys()].filter((key) => key.startsWith('leadnex_queue_jobs'))).toEqual([])
    expect(seen.get('leadnex_ledger_imbalance_emails')).toBe(0)
  })

  it('look at no more rows once a thousand campaigns have ended', async () => {
    const counting = openCountingPool(engine.url)
    const work = async () => {
      await rollUpCounts(engine.deps)
      await engine.pool.query('VACUUM (ANALYZE)')
      counting.done.length = 0
      await createFiguresLook()({ ...engine.deps, sql: openSql(counting.pool) })
      return counting.done.reduce((sum, { rows }) => sum + rows, 0)
    }
    const before = await work()
    await engine.pool.query(ENDED_CAMPAIGNS)
    expect(await engine.db.scheduledEmail.count()).toBeGreaterThan(10_000)
    expect(await work()).toBeLessThanOrEqual(before + 50)
    await counting.pool.end()
  })
})

const ENDED_CAMPAIGNS = `
  WITH made AS (
    INSERT INTO campaigns (name, status, actual_started_at, completed_at, emails_scheduled_count, emails_sent_count)
    SELECT 'Ended ' || i, 'completed', now(), now(), 16, 16 FROM generate_series(1, 1000) i RETURNING id
  ), box AS (INSERT INTO campaign_mailboxes (campaign_id, mailbox_id) SELECT made.id, m.id FROM made, mailboxes m)
  INSERT INTO scheduled_emails (campaign_id, lead_id, template_id, workflow_step_number, mailbox_id, message_id, scheduled_for, status, sent_at, ended_at)
  SELECT made.id, se.lead_id, se.template_id, se.workflow_step_number, se.mailbox_id, '<' || uuidv7() || '@x.example>', now(), 'sent', now(), now()
  FROM made, scheduled_emails se`
