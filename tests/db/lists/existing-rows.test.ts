import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { createEmptyDatabase } from '../../support/database/empty-database'
import { openPool } from '../../support/open-pool'

const MIGRATIONS = 'prisma/migrations'
const THIS = '0025_lists_of_big_tables'

it('what lists ask is there for rows of before', async () => {
  const database = await createEmptyDatabase()
  const pool = openPool(database.url, 1)
  const run = async (name: string) => pool.query(await readFile(`${MIGRATIONS}/${name}/migration.sql`, 'utf8'))
  try {
    const names = (await readdir(MIGRATIONS)).filter((name) => /^\d{4}_/.test(name)).sort()
    for (const name of names.filter((name) => name < THIS)) await run(name)
    await pool.query(
      `INSERT INTO leads (email, status, emails_sent) VALUES ('a@x.example', 'replied', 2), ('b@x.example', 'new', 0), ('c@x.example', 'bounced', 0);
       INSERT INTO lead_batches (name) VALUES ('Batch');
       INSERT INTO batch_leads (batch_id, lead_id) SELECT b.id, l.id FROM lead_batches b, leads l WHERE l.email < 'c';
       INSERT INTO email_templates (name, subject, body_text) VALUES ('Template', 'S', 'B');
       INSERT INTO campaigns (name, status) VALUES ('Campaign', 'running');
       INSERT INTO scheduled_emails (campaign_id, lead_id, template_id, mailbox_id, message_id, scheduled_for, status, sent_at)
       SELECT c.id, l.id, t.id, m.id, l.email, now(), CASE WHEN l.email < 'b' THEN 'sent' ELSE 'pending' END, now()
       FROM campaigns c, leads l, email_templates t, mailboxes m`,
    )
    await run(THIS)
    const rows = async (sql: string) => (await pool.query(sql)).rows
    expect(
      await rows(
        `SELECT l.email, a.status, a.emails_sent FROM lead_activity a JOIN leads l ON l.id = a.lead_id ORDER BY 1`,
      ),
    ).toEqual([
      { email: 'a@x.example', status: 'replied', emails_sent: 2 },
      { email: 'b@x.example', status: 'new', emails_sent: 0 },
      { email: 'c@x.example', status: 'bounced', emails_sent: 0 },
    ])
    expect(
      await rows(
        `SELECT b.name, n.status, n.count FROM lead_counts n LEFT JOIN lead_batches b ON b.id = n.batch_id ORDER BY 1, 2`,
      ),
    ).toEqual([
      { name: 'Batch', status: 'new', count: 1 },
      { name: 'Batch', status: 'replied', count: 1 },
      { name: null, status: 'bounced', count: 1 },
      { name: null, status: 'new', count: 1 },
      { name: null, status: 'replied', count: 1 },
    ])
    expect(await rows(`SELECT l.email, e.status FROM campaign_ended_leads e JOIN leads l ON l.id = e.lead_id`)).toEqual(
      [{ email: 'a@x.example', status: 'replied' }],
    )
    expect(
      await rows(
        `SELECT t.name, ct.workflow_step_number AS step FROM campaign_templates ct JOIN email_templates t ON t.id = ct.template_id`,
      ),
    ).toEqual([{ name: 'Template', step: 1 }])
  } finally {
    await pool.end()
    await database.drop()
  }
})
