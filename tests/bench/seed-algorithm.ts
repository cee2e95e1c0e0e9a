import { createTransport } from 'nodemailer'
import type { Pool } from 'pg'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { openBench } from './support/bench-deps'
import { type Benchmark, timed } from './support/figures'
import { startSink } from './support/sink-process'

const EMAILS = 1_000
// The sender of the system that this one replaces takes 100 due emails a call, and is called once a minute.
const PER_CALL = 100
const CALLS_PER_SECOND = 1 / 60

/**
 * The algorithm of the system that this one replaces, for comparison: due emails read without a claim, sent one by one,
 * and after each its statements one after the other, the count over the whole campaign included. `seed-one-by-one`
 * leaves out the wait for the next minute; `seed` is what it sent in an installation, at most 100 emails a minute.
 */
export const seedAlgorithm: Benchmark = async ({ scale, report }) => {
  const sink = await startSink()
  const { deps, pool, seed, close } = await openBench({ smtpPort: sink.port })
  try {
    const emails = Math.ceil(EMAILS * scale)
    const mailboxId = await seed.mailbox('Seed', 1)
    const batchId = await seed.batch('Seed', emails)
    const campaignId = await seed.campaign('Seed', {
      batchId,
      workflowId: await seed.workflow(1),
      mailboxIds: [mailboxId],
    })
    await startCampaign(deps, { campaignId, by: 'bench' })
    await seed.analyse()
    // Not pooled, like the email service that the algorithm calls: a connection for each email.
    const transport = createTransport({ host: '127.0.0.1', port: sink.port, ignoreTLS: true })
    let sent = 0
    const ms = await timed(async () => {
      while (sent < emails) sent += await processDueEmails(pool, (email) => transport.sendMail(email))
    })
    const rate = (1000 * sent) / ms
    report({ name: 'seed-one-by-one', value: rate, unit: 'emails/s', limit: null })
    report({ name: 'seed', value: Math.min(rate, PER_CALL * CALLS_PER_SECOND), unit: 'emails/s', limit: null })
  } finally {
    await close()
    await sink.close()
  }
}

type Email = { from: string; to: string; subject: string; text: string }
type Due = {
  id: string
  campaign_id: string
  lead_id: string
  subject: string
  body_text: string
  company_name: string
  first_name: string
  email: string
}

async function processDueEmails(pool: Pool, deliver: (email: Email) => Promise<unknown>): Promise<number> {
  const { rows } = await pool.query<Due>(
    `SELECT se.*, t.subject, t.body_text, l.company_name, l.first_name, l.email FROM scheduled_emails se
     JOIN campaigns c ON c.id = se.campaign_id JOIN leads l ON l.id = se.lead_id JOIN email_templates t ON t.id = se.template_id
     WHERE se.status = 'pending' AND se.scheduled_for <= now() LIMIT $1`,
    [PER_CALL],
  )
  for (const email of rows) {
    await deliver({
      from: 'ada@nexa.example',
      to: email.email,
      subject: filled(email.subject, email),
      text: filled(email.body_text, email),
    })
    await pool.query(
      `UPDATE scheduled_emails SET status = 'sent', sent_at = now(), updated_at = clock_timestamp() WHERE id = $1`,
      [email.id],
    )
    await pool.query('SELECT * FROM scheduled_emails WHERE id = $1', [email.id])
    await pool.query(
      'UPDATE campaigns SET emails_sent_count = emails_sent_count + 1, updated_at = now() WHERE id = $1',
      [email.campaign_id],
    )
    await pool.query('SELECT status, count(*)::int FROM scheduled_emails WHERE campaign_id = $1 GROUP BY status', [
      email.campaign_id,
    ])
    await pool.query(
      `UPDATE leads SET status = 'contacted', last_contacted_at = now(), emails_sent = emails_sent + 1, updated_at = now() WHERE id = $1`,
      [email.lead_id],
    )
  }
  return rows.length
}

const filled = (text: string, lead: Due) =>
  text.replaceAll('{{ company_name }}', lead.company_name).replaceAll('{{ first_name }}', lead.first_name)
