import type { Pool, PoolClient } from 'pg'
import { PROVIDER_IDS_REPAIR } from '@/use-cases/conversations/complete-provider-ids'
import { createSeed } from '../seed'
import { EMAILS_OF_LEAD, LEADS_OF_CAMPAIGN, OLD, PLACES, STEPS } from './old-rows'

/** Campaigns that one statement plans and sends. */
const AT_ONCE = 250

/** Each row would be written to their indexes, looked at by their triggers and compared with their keys. */
const TABLES = ['leads', 'lead_activity', 'batch_leads', 'scheduled_emails', 'emails', 'campaign_ended_leads']

/** Of a server whose database may be lost while it is filled. */
const FAST = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  max_wal_size: "'4GB'",
  checkpoint_timeout: "'30min'",
}

/**
 * Fills in `rows` planned emails of the last three years, in campaigns that are completed: leads, batches, records of sent emails,
 * answers, suppressions and all that is counted with them. By sets, without triggers, with indexes built at the end: 10,000,000
 * rows take minutes. What is under way stays as it was.
 */
export async function fillOld(pool: Pool, rows: number, note: (line: string) => void): Promise<void> {
  const seed = createSeed(pool)
  const ids = { mailboxId: await seed.mailbox('Old mailbox', 20), workflowId: await seed.workflow(STEPS) }
  for (const [name, value] of Object.entries(FAST)) await pool.query(`ALTER SYSTEM SET ${name} = ${value}`)
  await pool.query('SELECT pg_reload_conf()')
  const client = await pool.connect()
  try {
    await client.query(
      `SET work_mem = '512MB'; SET maintenance_work_mem = '1GB'; SET max_parallel_maintenance_workers = 2`,
    )
    await client.query(PLACES)
    await fill(client, { rows, ...ids, note })
    await client.query('DROP TABLE old_leads, old_campaigns, old_batches')
    await client.query('VACUUM (FREEZE, ANALYZE)')
  } finally {
    client.release(true)
  }
  await pool.query('ALTER SYSTEM RESET ALL')
  await pool.query('SELECT pg_reload_conf()')
  await pool.query('CHECKPOINT')
}

type Filling = { rows: number; mailboxId: string; workflowId: string; note: (line: string) => void }

async function fill(client: PoolClient, { rows, mailboxId, workflowId, note }: Filling): Promise<void> {
  const campaigns = Math.max(1, Math.round(rows / (LEADS_OF_CAMPAIGN * STEPS)))
  const batches = Math.max(1, Math.round(rows / EMAILS_OF_LEAD / LEADS_OF_CAMPAIGN))
  const rebuild = await dropIndexes(client)
  await client.query(OLD.campaigns, [campaigns, workflowId])
  await client.query(OLD.batches, [batches])
  await client.query(OLD.places, [batches * LEADS_OF_CAMPAIGN])
  await client.query('CREATE UNIQUE INDEX ON old_leads (place)')
  await client.query('ANALYZE old_leads, old_campaigns, old_batches')
  await client.query(OLD.leads)
  await client.query(OLD.batchLeads)
  note(`${batches * LEADS_OF_CAMPAIGN} old leads`)
  for (let done = 0; done < campaigns; done += AT_ONCE) {
    await client.query(OLD.emails, [workflowId, mailboxId, done, done + AT_ONCE])
    note(`${Math.min(done + AT_ONCE, campaigns) * LEADS_OF_CAMPAIGN * STEPS} old emails`)
  }
  await client.query(OLD.endedLeads)
  await client.query(OLD.activity)
  await rebuild(note)
  await client.query('ANALYZE scheduled_emails, emails, leads')
  await client.query(OLD.boxes, [mailboxId])
  await client.query(OLD.templates, [workflowId])
  for (const sql of [OLD.leadCounts, OLD.emailCounts, OLD.counters, OLD.campaignBatches, OLD.events, OLD.suppressions])
    await client.query(sql)
  await client.query(OLD.answers, [mailboxId])
  await client.query(OLD.repairs, [PROVIDER_IDS_REPAIR])
  note('answers, and what is counted')
}

/** Takes away what each row would be written to beside its table; what it returns builds that again. */
async function dropIndexes(client: PoolClient): Promise<(note: (line: string) => void) => Promise<void>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE schemaname = 'public' AND tablename = ANY($1) AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
    [TABLES],
  )
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
  for (const table of TABLES) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`)
  // What lists are searched and sorted by.
  await client.query('ALTER TABLE leads ENABLE TRIGGER leads_folded')
  return async (note) => {
    for (const { name, definition } of rows) {
      await client.query(definition)
      note(`index ${name}`)
    }
    for (const table of TABLES) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`)
  }
}
