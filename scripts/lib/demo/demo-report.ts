import { Client } from 'pg'

export type DemoReport = {
  status: string
  ledger: Record<'planned' | 'pending' | 'sending' | 'held' | 'sent' | 'failed' | 'skipped' | 'cancelled', number>
  /** For each step: how many emails, on which simulated days, and the campaign's status right after its last email. */
  waves: { step: number; sent: number; days: string[]; statusAfter: string }[]
  inbox: { messages: number; messageIds: number; leads: number; fewestPerLead: number; mostPerLead: number }
}

const LEDGER = `
  SELECT count(*)::int AS planned, ${['pending', 'sending', 'held', 'sent', 'failed', 'skipped', 'cancelled']
    .map((status) => `count(*) FILTER (WHERE status = '${status}')::int AS ${status}`)
    .join(', ')}
  FROM scheduled_emails WHERE campaign_id = $1`

const SENT_STEPS = `
  SELECT se.workflow_step_number AS step, count(*)::int AS sent,
         array_agg(DISTINCT to_char(se.sent_at AT TIME ZONE c.timezone, 'YYYY-MM-DD')) AS days
  FROM scheduled_emails se JOIN campaigns c ON c.id = se.campaign_id
  WHERE se.campaign_id = $1 AND se.status = 'sent' GROUP BY 1 ORDER BY 1`

const INBOX = `
  WITH received AS (
    SELECT m.to_email, m.message_id FROM sandbox_messages m
    WHERE m.to_email IN (SELECT l.email FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id WHERE se.campaign_id = $1))
  SELECT sum(n)::int AS messages, (SELECT count(DISTINCT message_id)::int FROM received) AS "messageIds",
         count(*)::int AS leads, min(n)::int AS "fewestPerLead", max(n)::int AS "mostPerLead"
  FROM (SELECT count(*) AS n FROM received GROUP BY to_email) emails`

/** Report on the demo from the database itself: the rows, the days, and the emails in the sandbox inbox. */
export async function readDemoReport(url: string, campaignId: string, statusAfterStep: string[]): Promise<DemoReport> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: campaigns } = await client.query('SELECT status FROM campaigns WHERE id = $1', [campaignId])
    const { rows: ledgers } = await client.query(LEDGER, [campaignId])
    const { rows: steps } = await client.query(SENT_STEPS, [campaignId])
    const { rows: inboxes } = await client.query(INBOX, [campaignId])
    return {
      status: campaigns[0].status,
      ledger: ledgers[0],
      waves: steps.map((step, i) => ({ ...step, statusAfter: statusAfterStep[i] ?? 'unknown' })),
      inbox: inboxes[0],
    }
  } finally {
    await client.end()
  }
}
