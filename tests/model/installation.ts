import { createDatabase } from '@/db/client'
import { DomainError } from '@/domain/errors'
import { addressHash } from '@/lib/encryption'
import type { createMailboxInMemory } from '../support/conversation/mailbox-in-memory'
import { createTestDatabase } from '../support/database/test-database'
import { depsOn } from '../support/deps'
import { openPool } from '../support/open-pool'
import { prepareStatements } from '../support/prepared-statements'
import { startWire } from './wire'
import { CORRECTIONS, correctedEmail, LEADS, leadEmail, REAL_START, type World } from './world'

export const NO_ID = '00000000-0000-0000-0000-000000000000'
const TABLES =
  'campaigns, leads, lead_batches, lead_imports, mass_acts, mailboxes, suppressions, contacted_addresses, kept_links, lead_counts, lead_count_changes, scheduled_email_count_changes'

export type Installation = Awaited<ReturnType<typeof openInstallation>>

/** What the model works on: a database, a mail server, a clock, and the product's ids behind the model's numbers. */
export async function openInstallation() {
  const { url: address, drop } = await createTestDatabase()
  const url = withCheapPlans(address)
  const wire = await startWire()
  const database = createDatabase(url)
  prepareStatements(database.sql)
  // The model's own look at the tables, beside the product's door; its watched workers go through it, too.
  const pool = openPool(url)
  const time = { now: 0, real: 0, chance: 0 }
  const clock = {
    now: () => new Date(time.now),
    realNow: () => new Date(time.real),
    speed: 1,
    simulated: true,
    stop: () => undefined,
  }
  // It works when it likes to, and moves rows.
  await pool.query(`DO $$ DECLARE t regclass; BEGIN
    FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
      EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', t);
    END LOOP; END $$`)
  const woken: string[] = []
  const built = depsOn(database, wire, clock, woken)
  // Its mailboxes are servers of their own, from which email really leaves.
  const deps = { ...built, random: () => time.chance, config: { ...built.config, appUrl: 'https://app.nexa.example' } }
  await deps.db.settings.update({
    where: { id: 1 },
    data: { companyName: 'Nexa' },
  })
  const ids = {
    ...{ campaigns: [''], batches: [''], mailboxes: [''], leads: new Map<number, string>() },
    ...{ imports: [] as string[], acts: [] as string[] },
    addresses: new Map(everyAddress().map((email) => [addressHash(deps.config.consentKey, email), email])),
  }
  const workflows = new Map<string, string>()
  // What lies in the mailboxes, and how many messages have come.
  const inboxes = { folders: [] as ReturnType<typeof createMailboxInMemory>[], messages: 0 }
  return { wire, time, pool, deps, database, woken, ids, workflows, drop, ...inboxes }
}

// Most of what a life asks of PostgreSQL is plans, of a handful of rows: what is prepared is planned once, and joins stay in line.
const CHEAP_PLANS = ['plan_cache_mode=force_generic_plan', 'join_collapse_limit=1', 'from_collapse_limit=1']

function withCheapPlans(address: string): string {
  const url = new URL(address)
  url.searchParams.set('options', CHEAP_PLANS.map((setting) => `-c ${setting}`).join(' '))
  return url.href
}

function everyAddress(): string[] {
  const leads = Array.from({ length: LEADS }, (_, index) => index)
  const corrected = leads.flatMap((index) =>
    Array.from({ length: CORRECTIONS }, (_, n) => correctedEmail(index, n + 1)),
  )
  return [...leads.map(leadEmail), ...corrected]
}

export async function close({ deps, database, pool, wire, drop }: Installation): Promise<void> {
  deps.mailer.close()
  await deps.leadSources.close()
  await database.close()
  await pool.end()
  await wire.close()
  await drop()
}

export const campaignId = ({ ids }: Installation, index: number) => ids.campaigns[index] ?? NO_ID
export const batchId = ({ ids }: Installation, index: number) => ids.batches[index] ?? NO_ID
export const leadId = ({ ids }: Installation, index: number) => ids.leads.get(index) ?? NO_ID
export const mailboxId = ({ ids }: Installation, index: number) => ids.mailboxes[index] ?? ''

/** Empties the installation and puts in the world's settings, leads and batches. */
export async function renew(installation: Installation, world: World): Promise<void> {
  const { time, pool, wire, deps, ids } = installation
  Object.assign(time, { now: world.startsAt, real: REAL_START, chance: world.chance })
  // With the files behind them: in which order rows lie there is nobody's rule, and must still be the same for the same life.
  await pool.query(`TRUNCATE ${TABLES} CASCADE`)
  // Workflows may belong to a campaign, so they went along.
  installation.workflows.clear()
  Object.assign(wire, { mode: 'normal', arrived: [] })
  wire.answers.clear()
  const { heldHours, heldChoice, maxAttempts } = world.settings
  await deps.db.settings.update({
    where: { id: 1 },
    data: {
      ...{ heldResolveAfterHours: heldHours, heldResolution: heldChoice, maxAttempts },
      postalAddress: 'Main Street 1, Berlin',
    },
  })
  const emails = Array.from({ length: world.leads }, (_, i) => leadEmail(i))
  const { rows } = await pool.query<{ id: string }>(
    'INSERT INTO leads (email, first_name) SELECT email, $2 FROM unnest($1::text[]) AS email RETURNING id',
    [emails, 'Bo'],
  )
  ids.leads = new Map(rows.map(({ id }, i) => [i, id]))
  Object.assign(ids, { batches: [], imports: [], acts: [] })
  for (const [index, leads] of world.batches.entries()) {
    const members = leads.map((member) => ({ leadId: leadId(installation, member) }))
    const batch = await deps.db.leadBatch.create({ data: { name: `Batch ${index}`, leads: { create: members } } })
    ids.batches.push(batch.id)
  }
}

/** The id of the workflow of this world whose steps are so many days apart. */
export async function workflowOf({ workflows, deps }: Installation, days: readonly number[]): Promise<string> {
  const known = workflows.get(days.join())
  if (known) return known
  const steps = days.map((daysAfterPrevious, i) => ({
    stepNumber: i + 1,
    daysAfterPrevious,
    template: { create: { name: `Step ${i + 1}`, subject: `Step ${i + 1}`, bodyText: 'Hello {{ first_name }}' } },
  }))
  const { id } = await deps.db.workflow.create({ data: { name: days.join(), steps: { create: steps } } })
  workflows.set(days.join(), id)
  return id
}

/** True when it is done, false when the product refuses it. */
export async function may(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}
