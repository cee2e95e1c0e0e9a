import { isDeepStrictEqual } from 'node:util'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Prisma } from '@/db/generated/client'
import { type Tx, transaction } from '@/db/sql'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import { createEngine, type Engine } from './engine'

type Row = Record<string, unknown>
/** The fields of each row that a write has changed, by the row's name; null for a row that is gone. */
export type Changes = Record<string, Row | null>

const HOUR_MS = 3_600_000

/**
 * Campaigns, batches, leads, emails, runs, sources and calls, each under a name of its own, as they would be found
 * half-way. A write is judged by all that it has changed of them, not by the row that was meant.
 */
export function createRows({ db, clock }: Engine) {
  const names = new Map<string, string>()
  let made = 0
  const named = <T extends { id: string }>(name: string, row: T) => {
    names.set(row.id, name)
    return row.id
  }

  async function campaign(name: string, data: Partial<Prisma.CampaignUncheckedCreateInput> = {}) {
    const campaignType = 'fully_automated'
    return named(name, await db.campaign.create({ data: { name, campaignType, status: 'running', ...data } }))
  }
  async function batch(name: string, { heldBy = null as string | null } = {}) {
    return named(name, await db.leadBatch.create({ data: { name, activeCampaignId: heldBy } }))
  }
  /** A run; each is due at a time of its own. */
  async function run(
    name: string,
    campaignId: string,
    data: Partial<Prisma.LeadGenerationRunUncheckedCreateInput> = {},
  ) {
    const dueAt = new Date(clock.now().getTime() + made++ * 1000)
    return named(name, await db.leadGenerationRun.create({ data: { campaignId, dueAt, ...data } }))
  }
  async function source(runId: string, source: LeadSourceName, status = 'running') {
    await db.leadGenerationRunSource.create({ data: { runId, source, status, cap: 9 } })
    return { runId, source }
  }
  /** A call of a source. One that is asked has a lease, open in real time unless `leaseUntil` says otherwise. */
  async function call(
    name: string,
    key: { runId: string; source: LeadSourceName },
    { status = 'waiting', leaseUntil, ...data }: Partial<Prisma.LeadGenerationCallUncheckedCreateInput> = {},
  ) {
    const lease = status === 'asked' ? (leaseUntil ?? new Date(clock.realNow().getTime() + HOUR_MS)) : null
    const plain = { api: key.source, kind: 'people', paid: true, params: { name }, seq: ++made }
    const row = await db.leadGenerationCall.create({ data: { ...plain, ...data, ...key, status, leaseUntil: lease } })
    return named(name, row)
  }

  async function lead(name: string) {
    const email = `${name.replaceAll(' ', '-')}-${++made}@customer.example`
    return named(name, await db.lead.create({ data: { email, companyName: name } }))
  }
  /** A planned email of the only mailbox, its campaign's; one that is sending has a lease, open in real time unless `leaseUntil` says otherwise. */
  async function email(
    name: string,
    of: { campaignId: string; leadId: string },
    { status = 'pending', leaseUntil, ...data }: Partial<Prisma.ScheduledEmailUncheckedCreateInput> = {},
  ) {
    const { id: mailboxId } = await db.mailbox.findFirstOrThrow()
    const content = { name: 'Template', subject: 'Hello', bodyText: 'Hello' }
    const template = (await db.emailTemplate.findFirst()) ?? (await db.emailTemplate.create({ data: content }))
    await db.campaignMailbox.createMany({ data: [{ campaignId: of.campaignId, mailboxId }], skipDuplicates: true })
    const lease = status === 'sending' ? (leaseUntil ?? new Date(clock.realNow().getTime() + HOUR_MS)) : null
    const plain = {
      mailboxId,
      templateId: template.id,
      messageId: `<${++made}@nexa.example>`,
      scheduledFor: clock.now(),
    }
    const row = { ...plain, ...data, ...of, status, leaseUntil: lease }
    return named(name, await db.scheduledEmail.create({ data: row }))
  }

  const nameOf = nameIn(names)
  return {
    campaign,
    batch,
    run,
    source,
    call,
    lead,
    email,
    nameOf,
    changesOf: watchRows(db, nameOf),
    clear: () => clearRows(db),
  }
}

/** Returns the function that puts names in the place of the ids in a row's key. */
const nameIn = (names: ReadonlyMap<string, string>) => (key: string) =>
  key
    .split('/')
    .map((part) => names.get(part) ?? part)
    .join('/')

/** Returns a function that does `work` and returns what it has changed. When a row was written last is left out. */
function watchRows(db: Engine['db'], nameOf: (key: string) => string) {
  async function picture(): Promise<Map<string, Row>> {
    const orderBy = { id: 'asc' as const }
    const all = await Promise.all([
      db.campaign.findMany({ orderBy }),
      db.leadBatch.findMany({ orderBy }),
      db.leadGenerationRun.findMany({ orderBy }),
      db.leadGenerationCall.findMany({ orderBy }),
      db.scheduledEmail.findMany({ orderBy }),
    ])
    const batches = await db.campaignBatch.findMany()
    const mailboxes = await db.campaignMailbox.findMany()
    const sources = await db.leadGenerationRunSource.findMany()
    return new Map<string, Row>([
      ...all.flat().map((row) => [row.id, row] as const),
      ...batches.map((row) => [`${row.campaignId}/${row.batchId}`, row] as const),
      ...mailboxes.map((row) => [`${row.campaignId}/${row.mailboxId}`, row] as const),
      ...sources.map((row) => [`${row.runId}/${row.source}`, row] as const),
    ])
  }
  return async (work: () => Promise<unknown>): Promise<Changes> => {
    const before = await picture()
    await work()
    const after = await picture()
    const changes: Changes = {}
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(key), after.get(key)]
      if (isDeepStrictEqual(was, is)) continue
      const changed = Object.entries(is ?? {}).filter(
        ([field, value]) => field !== 'updatedAt' && !isDeepStrictEqual(value, was?.[field]),
      )
      changes[nameOf(key)] = is ? Object.fromEntries(changed) : null
    }
    return changes
  }
}

/** Takes all rows away, so that none is left over for the next look. */
async function clearRows(db: Engine['db']): Promise<void> {
  await db.campaign.deleteMany()
  await db.leadBatch.deleteMany()
  await db.lead.deleteMany()
  await db.suppression.deleteMany()
}

/** An engine for all tests of a file, with rows that are cleared after each, and what tests of statements ask of both. */
export function allWithRows() {
  let engine: Engine
  let rows: ReturnType<typeof createRows>
  beforeAll(async () => {
    engine = await createEngine()
    rows = createRows(engine)
  })
  afterAll(() => engine.close())
  afterEach(() => rows.clear())
  const now = () => engine.clock.now()
  return {
    get engine() {
      return engine
    },
    get rows() {
      return rows
    },
    run: <T>(work: (tx: Tx) => Promise<T>) => transaction(engine.deps.sql, work),
    now,
    inHours: (hours: number) => new Date(now().getTime() + hours * HOUR_MS),
  }
}
