import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import { MIGRATIONS_DIR, migrate } from '../../../scripts/lib/database/migrations'
import { keptStates, restoreState } from '../../support/database/database-state'

const BEFORE = '0061'

/** The migrations before one, in a folder of their own. */
async function migrationsBefore(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  for (const one of await readdir(MIGRATIONS_DIR))
    if (one < name) await cp(join(MIGRATIONS_DIR, one), join(folder, one), { recursive: true })
  return folder
}

it('brings back from the archive what was put there with held emails, and lets what is due wait its hour', async () => {
  const database = await restoreState(keptStates().findLast((name) => name < BEFORE) ?? '')
  const folder = await migrationsBefore(BEFORE)
  const client = new Client({ connectionString: database.url })
  try {
    await migrate(database.url, folder)
    await client.connect()
    await client.query(`UPDATE campaigns SET status = 'failed', archived_at = '2026-03-02T08:00:00Z'`)
    const { rows } = await client.query<{ id: string; campaign_id: string }>(
      `UPDATE scheduled_emails SET status = 'held', held_at = now(), claim = 1, sending_since = now()
       WHERE id = (SELECT id FROM scheduled_emails WHERE status = 'pending' LIMIT 1) RETURNING id, campaign_id`,
    )
    const open = rows[0]?.campaign_id
    await client.query(`INSERT INTO users (id, name, email) VALUES ('sam', 'Sam', 'sam@nexa.example')`)
    await client.query(
      `INSERT INTO notifications (user_id, kind, occurrence, at, in_app, email)
       SELECT 'sam', 'reply', state, '2026-03-02T08:00:00Z', true, state FROM unnest(ARRAY['due', 'none', 'sent']) state`,
    )
    expect(await migrate(database.url)).toContain('0061_due_emails_and_acts_that_ended')
    const still = await client.query(
      `SELECT c.id FROM campaigns c WHERE archived_at IS NULL
         OR EXISTS (SELECT 1 FROM scheduled_emails e WHERE e.campaign_id = c.id AND e.status IN ('sending', 'held'))`,
    )
    expect(still.rows).toContainEqual({ id: open })
    const inSight = await client.query<{ id: string }>('SELECT id FROM campaigns WHERE archived_at IS NULL ORDER BY id')
    expect(inSight.rows).toEqual(still.rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    const events = await client.query(
      `SELECT campaign_id AS id FROM campaign_events WHERE kind = 'unarchived' ORDER BY 1`,
    )
    expect(events.rows).toEqual(inSight.rows)
    const due = await client.query(
      'SELECT occurrence, email_due_at > at AS later FROM notifications WHERE user_id = $1 ORDER BY 1',
      ['sam'],
    )
    expect(due.rows).toEqual([
      { occurrence: 'due', later: true },
      { occurrence: 'none', later: null },
      { occurrence: 'sent', later: null },
    ])
  } finally {
    await client.end()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
})
