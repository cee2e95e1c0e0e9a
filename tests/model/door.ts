import { Pool } from 'pg'
import { createDatabase } from '@/db/client'
import { selectStepCounts } from '@/db/queries/progress/select-ledger'
import { DomainError } from '@/domain/errors'
import { unsubscribeToken } from '@/lib/encryption'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { deleteCampaign } from '@/use-cases/campaigns/delete-campaign'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { deleteBatch } from '@/use-cases/leads/delete-batch'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { importLeads } from '@/use-cases/leads/import-leads'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { updateLead } from '@/use-cases/leads/update-lead'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { depsOn } from '../support/deps'
import { BY } from '../support/engine'
import { createTestDatabase } from '../support/test-database'
import { readSnapshot } from './snapshot'
import { startWire } from './wire'
import { type Watch, watchWorker } from './worker'
import { leadEmail, mailboxInput, type World } from './world'

export type Door = Awaited<ReturnType<typeof openDoor>>
/** A worker that has the result of a batch and has not recorded it. */
export type Late = { settle(): Promise<void> }
export type Job = { batches: string[][]; reached: boolean; late: Late | null }

const NOBODY = '00000000-0000-0000-0000-000000000000'
const TABLES = 'campaigns, leads, lead_batches, mailboxes, suppressions, scheduled_email_count_changes'.split(', ')

/** The only way of the model to the product: use cases, statements and database behind numbers. */
export async function openDoor() {
  const { url, drop } = await createTestDatabase()
  const wire = await startWire()
  const database = createDatabase(url)
  // The model's own look at the tables, beside the product's door; its watched workers go through it, too.
  const pool = new Pool({ connectionString: url })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const time = { now: 0, real: 0 }
  const clock = {
    now: () => new Date(time.now),
    realNow: () => new Date(time.real),
    speed: 1,
    simulated: true,
    stop: () => undefined,
  }
  const woken: string[] = []
  const deps = depsOn(database, wire, clock, woken)
  const { db } = deps
  await db.settings.update({ where: { id: 1 }, data: { companyName: 'Nexa', postalAddress: 'Main Street 1, Berlin' } })
  const ids = { campaigns: [''], batches: [''], mailboxes: [''], leads: new Map<number, string>() }
  const workflows = new Map<string, string>()
  const campaign = (index: number) => ({ campaignId: ids.campaigns[index] ?? NOBODY, by: BY })
  const lead = (index: number) => ids.leads.get(index) ?? NOBODY

  /** True when it is done, false when the product refuses it. */
  const may = async (work: Promise<unknown>): Promise<boolean> => {
    try {
      await work
      return true
    } catch (error) {
      if (error instanceof DomainError) return false
      throw error
    }
  }

  async function workflowOf(days: readonly number[]): Promise<string> {
    const known = workflows.get(days.join())
    if (known) return known
    const steps = days.map((daysAfterPrevious, i) => ({
      stepNumber: i + 1,
      daysAfterPrevious,
      template: { create: { name: `Step ${i + 1}`, subject: `Step ${i + 1}`, bodyText: 'Hello {{ first_name }}' } },
    }))
    const { id } = await db.workflow.create({ data: { name: days.join(), steps: { create: steps } } })
    workflows.set(days.join(), id)
    return id
  }

  /** An empty installation, then the world's leads, batches, mailboxes and drafts. */
  async function reset(world: World): Promise<void> {
    Object.assign(time, { now: world.startsAt, real: Date.UTC(2026, 0, 1) })
    await pool.query(TABLES.map((table) => `DELETE FROM ${table}`).join(';'))
    Object.assign(wire, { mode: 'normal', arrived: [] })
    wire.answers.clear()
    const { heldHours, heldChoice, maxAttempts } = world.settings
    await db.settings.update({
      where: { id: 1 },
      data: { heldResolveAfterHours: heldHours, heldResolution: heldChoice, maxAttempts },
    })
    const emails = Array.from({ length: world.leads }, (_, i) => leadEmail(i))
    const { rows } = await pool.query<{ id: string }>(
      'INSERT INTO leads (email, first_name) SELECT email, $2 FROM unnest($1::text[]) AS email RETURNING id',
      [emails, 'Bo'],
    )
    ids.leads = new Map(rows.map(({ id }, i) => [i, id]))
    ids.batches = await insertBatches(world)
    ids.mailboxes = []
    for (const [index, { limit }] of world.mailboxes.entries())
      ids.mailboxes.push((await createMailbox(deps, mailboxInput(world, index, { limit, port: wire.port }))).id)
    ids.campaigns = []
    for (const [index, { zone, days, limit, batches, mailboxes }] of world.campaigns.entries()) {
      const { id } = await createCampaign(deps, {
        campaignType: 'outreach',
        name: `Campaign ${index}`,
        timezone: zone,
        dailyLimit: limit,
        workflowId: await workflowOf(days),
        batchIds: batches.map((batch) => ids.batches[batch] ?? NOBODY),
        mailboxIds: mailboxes.map((box) => ids.mailboxes[box] ?? ''),
        by: BY,
      })
      ids.campaigns.push(id)
    }
  }

  async function insertBatches({ batches }: World): Promise<string[]> {
    const made: string[] = []
    for (const [index, leads] of batches.entries()) {
      const { id } = await db.leadBatch.create({
        data: { name: `Batch ${index}`, leads: { create: leads.map((member) => ({ leadId: lead(member) })) } },
      })
      made.push(id)
    }
    return made
  }

  /** Works through the mailbox; see `watchWorker` for how far. */
  async function send(mailbox: number, watch: Watch): Promise<Job> {
    if (wire.mode === 'login_refused') deps.mailer.close()
    const worker = watchWorker(pool, deps.mailer, watch)
    const { signal, stuck, idle, batches, release } = worker
    let ended = false
    const work = sendMailbox({ ...deps, ...worker }, { mailboxId: ids.mailboxes[mailbox] ?? '', signal }).then(
      () => {
        ended = true
      },
      (error: unknown) => {
        ended = true
        if (watch.stage !== 'chosen') throw error
      },
    )
    await Promise.race([work, stuck])
    await idle()
    const reached = !ended || (watch.stage === 'chosen' && signal.aborted)
    const settle = async () => {
      release()
      await work
    }
    return { batches, reached, late: reached && watch.stage === 'answered' ? { settle } : null }
  }

  /** Begins `work` while a worker holds the gate; true when it is over before the worker lets go. */
  async function overtakes(work: Promise<unknown>): Promise<boolean> {
    let over = false
    const ended = work.then(
      () => {
        over = true
      },
      () => {
        over = true
      },
    )
    const waiting = `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`
    while (!over && (await pool.query(waiting)).rowCount === 0) await Promise.race([ended, new Promise(setImmediate)])
    return over
  }

  return {
    wire,
    time,
    reset,
    send,
    overtakes,
    see: () => readSnapshot(pool, ids, wire),
    counts: async (index: number) => selectStepCounts(deps.sql, ids.campaigns[index] ?? ''),
    start: (index: number) => may(startCampaign(deps, campaign(index))),
    schedule: (index: number, at: number | null) =>
      may(scheduleCampaign(deps, { ...campaign(index), startAt: at === null ? null : new Date(at) })),
    pause: (index: number) => may(pauseCampaign(deps, campaign(index))),
    resume: (index: number) => may(resumeCampaign(deps, campaign(index))),
    stop: (index: number) => may(stopCampaign(deps, campaign(index))),
    retryFailed: (index: number) => may(retryFailed(deps, campaign(index))),
    resolveHeld: (index: number, choice: 'delivered' | 'again') =>
      may(resolveHeld(deps, { ...campaign(index), choice })),
    edit: (index: number, dailyLimit: number | null, batches: readonly number[]) =>
      may(
        updateCampaign(deps, {
          ...campaign(index),
          patch: { dailyLimit, batchIds: batches.map((b) => ids.batches[b] ?? NOBODY) },
        }),
      ),
    deleteCampaign: (index: number) => may(deleteCampaign(deps, campaign(index))),
    deleteBatch: (index: number) => may(deleteBatch(deps, { id: ids.batches[index] ?? NOBODY, by: BY })),
    deleteLead: (index: number) => may(deleteLeads(deps, { ids: [lead(index)], by: BY })),
    setStatus: (index: number, status: Parameters<typeof setLeadStatus>[1]['status']) =>
      may(setLeadStatus(deps, { ids: [lead(index)], status, by: BY })),
    suppress: (value: string) => may(addSuppression(deps, { value, by: BY })),
    unsubscribe: async (key: string) => {
      const [c, l, step] = key.split('/').map(Number)
      const { rows } = await pool.query<{ id: string }>(
        'SELECT id FROM scheduled_emails WHERE campaign_id = $1 AND lead_id = $2 AND workflow_step_number = $3',
        [ids.campaigns[c ?? 0], lead(l ?? 0), step],
      )
      return unsubscribe(deps, { token: unsubscribeToken(deps.config.encryptionKey, rows[0]?.id ?? '') })
    },
    changeAddress: (index: number, email: string) => may(updateLead(deps, { id: lead(index), email, by: BY })),
    importRow: async (batch: number, row: { email: string; company: string }, index: number) => {
      const text = `email,company\n${row.email},${row.company}\n`
      const done = await may(
        importLeads(deps, { fileName: 'rows.csv', text, batchId: ids.batches[batch] ?? NOBODY, by: BY }),
      )
      const { rows } = await pool.query<{ id: string }>('SELECT id FROM leads WHERE email = $1', [row.email])
      if (rows[0]) ids.leads.set(index, rows[0].id)
      return done
    },
    saveMailbox: (world: World, index: number, limit: number | null) =>
      may(
        updateMailbox(deps, {
          mailboxId: ids.mailboxes[index] ?? '',
          mailbox: mailboxInput(world, index, { limit, port: wire.port }),
        }),
      ),
    /** The mailboxes that it wakes. */
    tick: async (): Promise<number[]> => {
      woken.length = 0
      await runTick(deps)
      return woken.map((id) => ids.mailboxes.indexOf(id))
    },
    close: async () => {
      deps.mailer.close()
      await deps.leadSources.close()
      await database.close()
      await pool.end()
      await wire.close()
      await drop()
    },
  }
}
