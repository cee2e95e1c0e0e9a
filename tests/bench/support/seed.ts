import type { Pool } from 'pg'

/** Rows by the hundred thousand, written by the database itself. */
export const createSeed = (pool: Pool) => ({
  /** Brings statistics and disk up to date, so that no benchmark pays for what was written before it. */
  analyse: async () => {
    await pool.query('VACUUM (ANALYZE)')
    await pool.query('CHECKPOINT')
  },
  batch: (name: string, leads: number) => insertBatch(pool, name, leads),
  /** Gives every lead of a batch about half of `fields` custom fields, each some others. */
  sparseFields: (batchId: string, fields: number) => fillSparsely(pool, batchId, fields),
  workflow: (steps: number, texts?: readonly string[]) => insertWorkflow(pool, steps, texts),
  campaign: (name: string, parts: CampaignParts) => insertCampaign(pool, name, parts),
  plannedCampaign: (input: PlannedCampaign) => insertPlannedCampaign(pool, input),
  mailbox: (name: string, connections: number) => insertMailbox(pool, name, connections),
})

/** Runs an INSERT with RETURNING id. */
const insert = async (pool: Pool, sql: string, values: unknown[] = []): Promise<string> =>
  (await pool.query(sql, values)).rows[0].id

/**
 * Leads in a new batch; addresses are unique by the batch's name. They have a hash, if not the keyed one, as those of an import
 * do: the worker would write it first, beside what is measured.
 */
async function insertBatch(pool: Pool, name: string, leads: number): Promise<string> {
  const batchId = await insert(pool, 'INSERT INTO lead_batches (name) VALUES ($1) RETURNING id', [name])
  await pool.query(
    `WITH made AS (
       INSERT INTO leads (email, email_hash, company_name, contact_name, first_name, last_name, job_title, city, country, industry, website)
       SELECT address.email, encode(sha256(convert_to(address.email, 'UTF8')), 'hex'), 'Company ' || i, 'Ada Winter' || i, 'Ada',
              'Winter' || i, 'Head of Sales', 'Hamburg', 'DE', 'Logistics', 'https://company' || i || '.example'
       FROM generate_series(1, $3::int) i,
         LATERAL (SELECT 'lead' || i || '.' || $2::text || '@company' || i % 5000 || '.example' AS email) address RETURNING id)
     INSERT INTO batch_leads (batch_id, lead_id) SELECT $1::uuid, id FROM made`,
    [batchId, batchId.slice(-12), leads],
  )
  return batchId
}

async function fillSparsely(pool: Pool, batchId: string, fields: number): Promise<void> {
  await pool.query(
    `UPDATE leads SET custom_fields = COALESCE((
       SELECT jsonb_object_agg('Field ' || f, 'Value ' || f || ' of ' || leads.email)
       FROM generate_series(1, $2::int) f WHERE hashtext(leads.email || f) % 2 = 0), '{}')
     WHERE id IN (SELECT lead_id FROM batch_leads WHERE batch_id = $1::uuid)`,
    [batchId, fields],
  )
}

/** A workflow of `steps` steps a day apart, each with a text (its own where given) and an HTML body. */
async function insertWorkflow(pool: Pool, steps: number, texts: readonly string[] = []): Promise<string> {
  const workflowId = await insert(pool, `INSERT INTO workflows (name) VALUES ('Bench') RETURNING id`)
  for (let step = 1; step <= steps; step++) {
    const templateId = await insert(
      pool,
      `INSERT INTO email_templates (name, subject, body_text, body_html) VALUES ($1, $2, $3, $4) RETURNING id`,
      [`Step ${step}`, 'A question for {{ company_name }}', texts[step - 1] ?? TEXT, HTML],
    )
    await pool.query(
      `INSERT INTO workflow_steps (workflow_id, step_number, email_template_id, days_after_previous) VALUES ($1, $2, $3, $4)`,
      [workflowId, step, templateId, step === 1 ? 0 : 1],
    )
  }
  return workflowId
}

type CampaignParts = { batchId: string; workflowId: string; mailboxIds: string[] }

/** A draft campaign that sends from the given mailboxes. */
async function insertCampaign(pool: Pool, name: string, parts: CampaignParts): Promise<string> {
  const id = await insert(pool, `INSERT INTO campaigns (name, workflow_id) VALUES ($1, $2) RETURNING id`, [
    name,
    parts.workflowId,
  ])
  await pool.query('INSERT INTO campaign_batches (campaign_id, batch_id) VALUES ($1, $2)', [id, parts.batchId])
  for (const mailboxId of parts.mailboxIds) {
    await pool.query('INSERT INTO campaign_mailboxes (campaign_id, mailbox_id) VALUES ($1, $2)', [id, mailboxId])
  }
  return id
}

type PlannedCampaign = {
  name: string
  status: 'running' | 'paused' | 'completed'
  batchId: string
  workflowId: string
  mailboxId: string
  sentShare: number
  /** Days from now at which the unsent ones are due; negative: overdue. */
  dueInDays: number
  /** The first of them is due so many seconds before the last; absent: all of a step at once. */
  spreadSeconds?: number
}

/** A campaign in the given state with a planned email for each lead of the batch and each step, `sentShare` of them sent. */
async function insertPlannedCampaign(pool: Pool, input: PlannedCampaign): Promise<string> {
  const id = await insert(
    pool,
    `INSERT INTO campaigns (name, workflow_id, status, actual_started_at) VALUES ($1, $2, $3, now()) RETURNING id`,
    [input.name, input.workflowId, input.status],
  )
  await pool.query('INSERT INTO campaign_batches (campaign_id, batch_id) VALUES ($1, $2)', [id, input.batchId])
  await pool.query('INSERT INTO campaign_mailboxes (campaign_id, mailbox_id) VALUES ($1, $2)', [id, input.mailboxId])
  await pool.query(
    `INSERT INTO scheduled_emails (id, campaign_id, lead_id, template_id, workflow_id, workflow_step_number, mailbox_id,
                                   message_id, scheduled_for, status, sent_at)
     SELECT mail.id, $1::uuid, mail.lead_id, mail.email_template_id, $2::uuid, mail.step_number, $3::uuid, '<' || mail.id || '@bench.example>',
            now() + make_interval(days => $4::int + mail.step_number - 1, secs => $7::float8 * (mail.place - 1)),
            CASE WHEN mail.place <= $5::float8 THEN 'sent' ELSE 'pending' END,
            CASE WHEN mail.place <= $5::float8 THEN now() - make_interval(days => (30 * mail.place)::int) END
     FROM (SELECT uuidv7() AS id, bl.lead_id, ws.step_number, ws.email_template_id,
                  percent_rank() OVER (ORDER BY ws.step_number, bl.lead_id) AS place
           FROM batch_leads bl, workflow_steps ws
           WHERE bl.batch_id = $6::uuid AND ws.workflow_id = $2::uuid OFFSET 0) mail`,
    [id, input.workflowId, input.mailboxId, input.dueInDays, input.sentShare, input.batchId, input.spreadSeconds ?? 0],
  )
  return id
}

const insertMailbox = (pool: Pool, name: string, connections: number): Promise<string> =>
  insert(
    pool,
    `INSERT INTO mailboxes (name, kind, from_name, from_email, smtp_security, max_connections)
     VALUES ($1, 'environment', 'Ada Winter', $2, 'none', $3) RETURNING id`,
    [name, `${name.toLowerCase().replaceAll(' ', '.')}@nexa.example`, connections],
  )

const TEXT = `Hi {{ first_name }},

I saw that {{ company_name }} works in {{ industry }} in {{ city }}, and wondered how you plan your deliveries today.
We help teams like yours to see every delivery on one page, and to tell customers before they ask.

Would twenty minutes next week be worth it to you?

Best regards
{{ sender_name }}`
const HTML = `<p>Hi {{ first_name }},</p>
<p>I saw that <strong>{{ company_name }}</strong> works in {{ industry }} in {{ city }}, and wondered how you plan your deliveries today.
We help teams like yours to see every delivery on one page, and to tell customers before they ask.</p>
<p>Would twenty minutes next week be worth it to you?</p>
<p>Best regards<br>{{ sender_name }}</p>`
