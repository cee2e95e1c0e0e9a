import { afterAll, beforeAll, expect, it } from 'vitest'
import { selectImbalances } from '@/db/queries/maintenance/select-imbalances'
import { liveIn } from '../../support/database/lived-in'
import { openWithSources } from '../../support/generation'

let opened: Awaited<ReturnType<typeof openWithSources>>
beforeAll(async () => {
  opened = await openWithSources()
  await liveIn(opened.engine)
})
afterAll(() => opened.close())

it('no campaign is out of balance after weeks of use', async () => {
  const { deps, pool } = opened.engine
  const { rows } = await pool.query('SELECT status FROM scheduled_emails GROUP BY status ORDER BY status')
  expect(rows.map(({ status }) => status)).toEqual(
    expect.arrayContaining(['cancelled', 'failed', 'held', 'pending', 'sent']),
  )
  expect(await selectImbalances(deps.sql)).toEqual([])
})

it('a campaign is, with what differs in each of its numbers', async () => {
  const { deps, pool } = opened.engine
  await pool.query(`
    UPDATE campaigns SET emails_scheduled_count = emails_scheduled_count - 1 WHERE name = 'Paused';
    UPDATE scheduled_email_counts SET count = count + 2 WHERE (campaign_id, status, workflow_step_number, day) = (
      SELECT campaign_id, status, workflow_step_number, min(day) FROM scheduled_email_counts
      WHERE campaign_id = (SELECT id FROM campaigns WHERE name = 'Completed') AND status = 'sent' GROUP BY 1, 2, 3 LIMIT 1);
    UPDATE scheduled_emails SET email_id = NULL
    WHERE status = 'sent' AND campaign_id = (SELECT id FROM campaigns WHERE name = 'Stopped')`)
  const sent = (name: string) =>
    pool
      .query(
        `SELECT count(*)::int AS count FROM scheduled_emails se JOIN campaigns c ON c.id = se.campaign_id WHERE c.name = $1 AND se.status = 'sent'`,
        [name],
      )
      .then(({ rows }) => rows[0].count as number)
  const completed = await sent('Completed')
  const none = { states: [], scheduled: 0, sent: 0, failed: 0, unrecorded: 0 }
  expect(await selectImbalances(deps.sql)).toEqual([
    { ...none, name: 'Completed', states: [`sent ${completed + 2} instead of ${completed}`] },
    { ...none, name: 'Paused', scheduled: -1 },
    { ...none, name: 'Stopped', unrecorded: await sent('Stopped') },
  ])
})
