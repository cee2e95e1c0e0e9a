import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { BY, createBatch, createEngine, createWorkflow, type Engine } from '../../support/engine'

const ID = 'a3b8bae3-4e31-48d1-b25f-97aaa3ef9c72'

// The validation queries of the acceptance criteria, to the letter.
const CAMPAIGN_STATUS = `
SELECT id, name, status, emails_sent_count, emails_scheduled_count, 
       total_leads_targeted, completed_at
FROM campaigns 
WHERE id = 'a3b8bae3-4e31-48d1-b25f-97aaa3ef9c72';`

const BY_STATUS_AND_STEP = `
SELECT 
  status, 
  workflow_step_number,
  COUNT(*) as count,
  MIN(scheduled_for) as earliest,
  MAX(scheduled_for) as latest
FROM scheduled_emails
WHERE campaign_id = 'a3b8bae3-4e31-48d1-b25f-97aaa3ef9c72'
GROUP BY status, workflow_step_number
ORDER BY workflow_step_number, status;`

const DETAILED = `
SELECT 
  se.id,
  l.company_name,
  l.email,
  se.workflow_step_number,
  se.scheduled_for,
  se.status,
  se.sent_at,
  se.failure_reason
FROM scheduled_emails se
JOIN leads l ON l.id = se.lead_id
WHERE se.campaign_id = 'a3b8bae3-4e31-48d1-b25f-97aaa3ef9c72'
ORDER BY se.workflow_step_number, l.company_name;`

const SHOULD_BE_COMPLETE = `
SELECT 
  'Total scheduled' as metric, COUNT(*) as count FROM scheduled_emails 
  WHERE campaign_id = 'a3b8bae3-4e31-48d1-b25f-97aaa3ef9c72'
UNION ALL
SELECT 
  'Pending' as metric, COUNT(*) as count FROM scheduled_emails 
  WHERE campaign_id = 'a3b8bae3-4e31-48d1-b25f-97aaa3ef9c72' 
  AND status = 'pending'
UNION ALL
SELECT 
  'Sent' as metric, COUNT(*) as count FROM scheduled_emails 
  WHERE campaign_id = 'a3b8bae3-4e31-48d1-b25f-97aaa3ef9c72' 
  AND status = 'sent'
UNION ALL
SELECT 
  'Failed' as metric, COUNT(*) as count FROM scheduled_emails 
  WHERE campaign_id = 'a3b8bae3-4e31-48d1-b25f-97aaa3ef9c72' 
  AND status = 'failed';`

describe('the validation queries of the acceptance criteria', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
    const { batch, leads } = await createBatch(engine, { leads: 4 })
    const workflow = await createWorkflow(engine)
    await engine.db.campaign.create({
      data: {
        id: ID,
        name: 'Bug Fix Test Campaign',
        workflowId: workflow.id,
        batches: { create: { batchId: batch.id } },
      },
    })
    await startCampaign(engine.deps, { campaignId: ID, by: BY })
    engine.sink.behave = (to) => (to === leads[0]?.email ? { at: 'rcpt', code: 554, message: '5.7.1 no' } : undefined)
    await engine.work()
  })
  afterAll(() => engine.close())
  const ask = async (sql: string) => (await engine.pool.query(sql)).rows

  it('tell the campaign status', async () => {
    expect(await ask(CAMPAIGN_STATUS)).toEqual([
      {
        id: ID,
        name: 'Bug Fix Test Campaign',
        status: 'running',
        emails_sent_count: 3,
        emails_scheduled_count: 12,
        total_leads_targeted: 4,
        completed_at: null,
      },
    ])
  })

  it('count emails by status and step', async () => {
    const rows = await ask(BY_STATUS_AND_STEP)
    expect(rows.map((row) => [row.workflow_step_number, row.status, row.count])).toEqual([
      [1, 'failed', '1'],
      [1, 'sent', '3'],
      [2, 'pending', '3'],
      [2, 'skipped', '1'],
      [3, 'pending', '3'],
      [3, 'skipped', '1'],
    ])
    expect(rows[2].earliest).toEqual(new Date('2026-03-03T09:00:00Z'))
    expect(rows[4].latest).toEqual(new Date('2026-03-04T09:00:00Z'))
  })

  it('list every email with its lead', async () => {
    const rows = await ask(DETAILED)
    expect(rows).toHaveLength(12)
    expect(rows.map((row) => row.company_name).slice(0, 4)).toEqual([
      'Company 1',
      'Company 2',
      'Company 3',
      'Company 4',
    ])
    expect(rows[0]).toMatchObject({ workflow_step_number: 1, status: 'failed', sent_at: null })
    expect(rows[0].failure_reason).toContain('5.7.1 no')
    expect(rows[1]).toMatchObject({ status: 'sent', sent_at: new Date('2026-03-02T09:00:00Z') })
  })

  it('show whether the campaign should be complete', async () => {
    expect(await ask(SHOULD_BE_COMPLETE)).toEqual([
      { metric: 'Total scheduled', count: '12' },
      { metric: 'Pending', count: '6' },
      { metric: 'Sent', count: '3' },
      { metric: 'Failed', count: '1' },
    ])
  })
})
