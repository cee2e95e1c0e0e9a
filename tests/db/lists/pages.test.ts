import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LEAD_SORTS } from '@/domain/lead/sorts'
import { LEAD_STATUSES } from '@/domain/lead/status'
import { type ListLeads, listLeads } from '@/use-cases/leads/list-leads'
import { listCampaignEmails } from '@/use-cases/progress/list-campaign-emails'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

type Asked = { after?: string; before?: string }
type Page = { ids: string[]; previous: string | null; next: string | null }

/** All pages from the first to the last, and each reached again on the way back. */
async function walk(read: (asked: Asked) => Promise<Page>): Promise<string[]> {
  const pages = [await read({})]
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await read({ after: next }))
  for (let at = pages.length - 1; at > 0; at--) {
    const back = await read({ before: pages[at]?.previous ?? '' })
    expect(back.ids).toEqual(pages[at - 1]?.ids)
  }
  expect(pages[0]?.previous).toBeNull()
  return pages.flatMap(({ ids }) => ids)
}

describe('pages of long lists', () => {
  let engine: Engine
  let campaignId: string
  let batchId: string
  beforeAll(async () => {
    engine = await createEngine()
    const campaign = await startOutreach(engine, { leads: 40, days: [0, 1, 1] })
    campaignId = campaign.id
    batchId = campaign.batch.id
    // Ties, empty values, every status.
    await engine.pool.query(
      `UPDATE leads SET company_name = CASE WHEN place % 5 > 0 THEN 'Kompanie-' || repeat(chr(97 + place % 7), 4) END, contact_name = CASE WHEN place % 4 > 0 THEN 'É' || place % 3 END,
         status = ($1::text[])[1 + place % 11], emails_sent = place % 3,
         last_contacted_at = CASE WHEN place % 3 > 0 THEN '2026-01-01T00:00:00.123Z'::timestamptz + make_interval(secs => place % 6) END
       FROM (SELECT id, row_number() OVER (ORDER BY id)::int AS place FROM leads) p WHERE p.id = leads.id`,
      [LEAD_STATUSES],
    )
    await engine.pool.query(
      `UPDATE scheduled_emails SET status = 'skipped' WHERE id IN (SELECT id FROM scheduled_emails ORDER BY md5(id::text) LIMIT 50)`,
    )
    await engine.pool.query(
      `INSERT INTO suppressions (kind, value, reason, source, created_at)
       SELECT 'address', i || '@x.example', 'manual', 'import', '2026-01-01'::timestamptz + make_interval(secs => i / 4) FROM generate_series(1, 23) i`,
    )
  })
  afterAll(() => engine.close())

  const walkLeads = (input: ListLeads) =>
    walk(async (asked) => {
      const { leads, previous, next } = await listLeads(engine.deps, { ...input, ...asked, pageSize: 7 })
      return { ids: leads.map(({ id }) => id), previous, next }
    })
  const ids = async (sql: string) => (await engine.pool.query<{ id: string }>(sql)).rows.map(({ id }) => id)

  const COLUMNS = {
    created: 'id',
    email: 'email',
    company: 'company_key COLLATE "C"',
    contact: 'contact_key COLLATE "C"',
    status: 'status',
    lastContacted: 'last_contacted_at',
    emailsSent: 'emails_sent',
  }
  it.each(LEAD_SORTS.flatMap((sort) => [true, false].map((descending) => ({ sort, descending }))))(
    'reach each lead once, by $sort (descending: $descending), empty values last, on the way on and on the way back',
    async ({ sort, descending }) => {
      const way = descending ? 'DESC' : 'ASC'
      const order = `ORDER BY ${COLUMNS[sort]} ${way} NULLS LAST, id ${way}`
      expect(await walkLeads({ sort, descending })).toEqual(await ids(`SELECT id FROM leads ${order}`))
      expect(await walkLeads({ sort, descending, batchId, search: 'customer' })).toEqual(
        await ids(`SELECT id FROM leads ${order}`),
      )
      expect(await walkLeads({ sort, descending, statuses: ['replied'] })).toEqual(
        await ids(`SELECT id FROM leads WHERE status = 'replied' ${order}`),
      )
      expect(await walkLeads({ sort, descending, batchId, statuses: ['new', 'bounced'] })).toEqual(
        await ids(`SELECT id FROM leads WHERE status IN ('new', 'bounced') ${order}`),
      )
    },
  )

  it('reach each email of a campaign once, lead after lead, of one state or step, or of those that a search finds', async () => {
    const walkEmails = (input: Omit<Parameters<typeof listCampaignEmails>[1], 'campaignId'>) =>
      walk(async (asked) => {
        const page = await listCampaignEmails(engine.deps, { campaignId, ...input, ...asked, pageSize: 9 })
        return { ids: page.rows.map(({ id }) => id), previous: page.previous, next: page.next }
      })
    const emails = (where: string) =>
      ids(
        `SELECT se.id FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id WHERE ${where} ORDER BY lead_id, workflow_step_number`,
      )
    expect(await walkEmails({})).toEqual(await emails('true'))
    expect(await walkEmails({ status: 'skipped' })).toEqual(await emails(`se.status = 'skipped'`))
    expect(await walkEmails({ stepNumber: 2, status: 'pending' })).toEqual(
      await emails(`se.status = 'pending' AND workflow_step_number = 2`),
    )
    expect(await walkEmails({ search: 'kompanie-dddd' })).toEqual(await emails(`company_name = 'Kompanie-dddd'`))
    const { total, more } = await listCampaignEmails(engine.deps, { campaignId, status: 'skipped' })
    expect({ total, more }).toEqual({ total: 50, more: false })
  })

  it('reach each suppression once, the latest first', async () => {
    const walked = await walk(async (asked) => {
      const { entries, previous, next } = await listSuppressions(engine.deps, { ...asked, pageSize: 5 })
      return { ids: entries.map(({ id }) => id), previous, next }
    })
    expect(walked).toEqual(await ids('SELECT id FROM suppressions ORDER BY created_at DESC, id DESC'))
  })

  it('begin again for a place that no list has named', async () => {
    const { leads } = await listLeads(engine.deps, { pageSize: 3 })
    expect((await listLeads(engine.deps, { pageSize: 3, after: 'nonsense' })).leads).toEqual(leads)
  })
})
