import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { listCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { listLeads } from '@/use-cases/leads/list-leads'
import { listMessages } from '@/use-cases/sandbox/list-messages'
import { storeSandboxMessages } from '@/use-cases/sandbox/store-sandbox-messages'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { listTemplates } from '@/use-cases/templates/list-templates'
import { listWorkflows } from '@/use-cases/workflows/list-workflows'
import { migrate } from '../../../scripts/lib/database/migrations'
import { runSql } from '../../support/database/role'
import { createEngine, createOutreach, type Engine } from '../../support/engine'

const server = inject('databaseServer')
const name = `turkish_${randomUUID().slice(0, 8)}`

describe('in a database of Turkish locale, where "I" is no capital "i"', () => {
  let engine: Engine
  beforeAll(async () => {
    await runSql(
      server,
      `CREATE DATABASE ${name} TEMPLATE template0 ENCODING UTF8 LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C'`,
    )
    const url = new URL(server)
    url.pathname = `/${name}`
    await migrate(url.href)
    const drop = () => runSql(server, `DROP DATABASE ${name} WITH (FORCE)`)
    engine = await createEngine({ database: { url: url.href, drop } })
  })
  afterAll(() => engine.close())

  it('is truly one of those', async () => {
    const { rows } = await engine.pool.query("SELECT 'INFO' ILIKE 'info' AS found")
    expect(rows).toEqual([{ found: false }])
  })

  it.each(['info', 'INFO', 'Info'])('finds what is called INFO, info and Łódź Info by %s', async (search) => {
    const { deps, db } = engine
    const own = randomUUID().slice(0, 8)
    const at = (local: string) => `${local}.${own}@kir.example`
    await db.lead.create({ data: { email: at('info'), companyName: 'INFO I' } })
    await addSuppression(deps, { value: at('INFO'), by: 'ann' })
    await storeSandboxMessages(deps, [
      {
        messageId: `<${own}@nexa.example>`,
        fromEmail: 'sam@nexa.example',
        toEmail: at('INFO'),
        subject: 'x',
        raw: Buffer.from(''),
      },
    ])
    const outreach = await createOutreach(engine, { leads: 1, name: `Łódź Info ${own}` })
    await db.workflow.update({ where: { id: outreach.workflow.id }, data: { name: `INFO ${own}` } })
    await db.emailTemplate.updateMany({ data: { name: 'INFO', subject: 'x' } })
    expect((await listLeads(deps, { search: `${search}.${own}` })).leads).toHaveLength(1)
    expect((await listSuppressions(deps, { search: `${search}.${own}` })).entries).toHaveLength(1)
    expect((await listMessages(deps, { search: `${search}.${own}` })).rows).toHaveLength(1)
    expect((await listCampaigns(deps, { type: 'outreach', search: `łÓDŹ ${search} ${own}` })).rows).toHaveLength(1)
    expect((await listWorkflows(deps, { search: `${search} ${own}` })).rows).toHaveLength(1)
    expect((await listTemplates(deps, { search })).rows.length).toBeGreaterThan(0)
  })
})
