import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { rowsRead } from '../../support/counts/rows-read'
import { BY, createEngine, createOutreach, type Engine } from '../../support/engine'

const LEADS = 4_500
const FIELDS = 20

/** Whether lead number `i` has a value in field number `f`: no two leads near each other have the same fields. */
const has = (i: number, f: number) => (i * 7919 + f * 104_729) % 7 < 4
const valuesOf = (i: number) =>
  Object.fromEntries(
    Array.from({ length: FIELDS }, (_, f) => f)
      .filter((f) => has(i, f))
      .map((f) => [`Field ${f}`, f === 3 ? '  ' : `value ${i}`]),
  )
const all = Array.from({ length: LEADS }, (_, i) => i)
const counted = (lacks: (i: number) => boolean) => all.filter(lacks).length

let engine: Engine
let id: string
const templates: string[] = []
beforeAll(async () => {
  engine = await createEngine()
  const campaign = await createOutreach(engine, { leads: LEADS, days: [0, 1, 1] })
  id = campaign.id
  for (const { emailTemplateId } of campaign.workflow.steps) templates.push(emailTemplateId)
  await engine.pool.query(
    `UPDATE leads SET custom_fields = v.fields, industry = v.industry, city = v.city
     FROM unnest($1::uuid[], $2::jsonb[], $3::text[], $4::text[]) AS v(id, fields, industry, city) WHERE leads.id = v.id`,
    [
      campaign.leads.map((lead) => lead.id),
      all.map((i) => JSON.stringify(valuesOf(i))),
      all.map((i) => (i % 3 ? 'Bakery' : 'Mill')),
      all.map((i) => (i % 2 ? 'Kiel' : null)),
    ],
  )
  // The first fifty are in a second batch as well, and are counted once.
  const second = await engine.db.leadBatch.create({ data: { name: 'Second' } })
  await engine.pool.query('INSERT INTO batch_leads (batch_id, lead_id) SELECT $1, id FROM leads ORDER BY id LIMIT 50', [
    second.id,
  ])
  await engine.db.campaignBatch.create({ data: { campaignId: id, batchId: second.id } })
})
afterAll(() => engine.close())

const write = (step: number, bodyText: string) =>
  engine.db.emailTemplate.update({ where: { id: templates[step - 1] ?? '' }, data: { bodyText } })
async function variables() {
  const { checks } = await checkCampaign(engine.deps, { campaignId: id })
  return checks.filter(({ subject }) => subject === 'variables')
}

describe('the preflight of thousands of leads with fields of their own', () => {
  it('counts each lead that lacks what a step needs, over all pages and batches', async () => {
    await write(1, '{{ field_1 }} {{ field_2 | default: "x" }}')
    await write(2, '{% if field_4 %}{{ field_5 | upcase }}{% endif %} {{ field_1 }} .')
    await write(3, '{% if industry == "Bakery" %}{{ city }}{% endif %}.')
    expect(await variables()).toEqual(
      [
        { variable: 'field_1', step: 1, leads: counted((i) => !has(i, 1)) },
        { variable: 'field_5', step: 2, leads: counted((i) => has(i, 4) && !has(i, 5)) },
        { variable: 'field_1', step: 2, leads: counted((i) => !has(i, 1)) },
        { variable: 'city', step: 3, leads: counted((i) => i % 3 !== 0 && i % 2 === 0) },
      ].map((found) => expect.objectContaining({ kind: 'missing_variable', level: 'block', ...found })),
    )
  })

  it('reads at most 2,000 leads at once, and of them only what the templates read', async () => {
    await write(1, '{{ field_1 | default: "x" }}')
    await write(2, 'Hello {{ first_name }}')
    await write(3, '{% if industry == "Bakery" %}{{ city | default: "x" }}{% endif %}.')
    const reads = await rowsRead(engine.deps.sql, variables)
    const leads = reads.filter(({ columns }) => columns.includes('email'))
    expect(leads.map(({ rows }) => rows)).toEqual([2_000, 2_000, 500])
    expect(new Set(leads.flatMap(({ columns }) => columns))).toEqual(
      new Set(['email', 'companyName', 'firstName', 'contactName', 'lastName', 'industry', 'city', 'customFields']),
    )
    expect(Math.max(...reads.map(({ rows }) => rows))).toBe(2_000)
  })

  it('knows a custom field by any lead that has a value, not by one that is blank, and suggests what is filled', async () => {
    await write(1, '{{ field_3 | default: "x" }} {{ feild_7 | default: "x" }}')
    expect(await variables()).toEqual([
      expect.objectContaining({ kind: 'unknown_variable', variable: 'feild_7', suggestion: 'field_7' }),
      expect.objectContaining({ kind: 'unknown_variable', variable: 'field_3' }),
    ])
  })

  it('lets everything else have its turn whenever 10 ms are over', async () => {
    let turns = 0
    let counting: NodeJS.Immediate | null = null
    const count = () => {
      turns++
      counting = setImmediate(count)
    }
    count()
    // Each look at the time is 10 ms after the one before, and notes how many turns others have had by then.
    const looks: number[] = []
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => looks.push(turns) * 10)
    try {
      await variables()
    } finally {
      if (counting) clearImmediate(counting)
      clock.mockRestore()
    }
    expect(new Set(looks).size).toBeGreaterThanOrEqual(LEADS)
  })

  it('a start judges them before it locks anything, and plans them all', async () => {
    await write(1, '{{ field_1 | default: "x" }}')
    const reads = await rowsRead(engine.deps.sql, async () => {
      const started = await startCampaign(engine.deps, { campaignId: id, by: BY })
      expect(started).toMatchObject({ emailsScheduled: LEADS * 3, leadsTargeted: LEADS })
    })
    const ofLeads = reads.filter(({ columns }) => columns.includes('email'))
    expect(ofLeads.map(({ rows, transactional }) => [rows, transactional])).toEqual([
      [2_000, false],
      [2_000, false],
      [500, false],
    ])
    expect(reads.some(({ transactional }) => transactional)).toBe(true)
  })
})
