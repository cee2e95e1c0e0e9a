import { expect } from 'vitest'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { type ImportLeads, importLeads } from '@/use-cases/leads/import-leads'
import { getImport } from '@/use-cases/leads/list-imports'
import { previewRollback, rollBackImport } from '@/use-cases/leads/roll-back-import'
import { runImport } from '@/use-cases/leads/run-import'
import { BY, createWorkflow, type Engine } from '../engine'

export const emptyImports = (engine: Engine) =>
  engine.pool.query(
    'TRUNCATE leads, lead_batches, campaigns, suppressions, lead_imports, lead_import_leads, lead_import_refusals CASCADE',
  )

/** Imports rows; returns the import and its batch. */
export async function importRows(engine: Engine, rows: string, input: Partial<ImportLeads> = {}) {
  await importLeads(engine.deps, { fileName: 'list.csv', text: rows, by: BY, ...input })
  const { id, batchId } = await engine.db.leadImport.findFirstOrThrow({ orderBy: { id: 'desc' } })
  return { id, batchId: String(batchId) }
}

/** Asks for a rollback as somebody who has just seen its preview. */
export async function agreeToRollback(engine: Engine, id: string) {
  const { removed, restored } = await previewRollback(engine.deps, { id })
  return rollBackImport(engine.deps, { id, expected: { removed, restored }, by: BY })
}

/** Rolls an import back; what was said before is what was done, and all of it adds up. */
export async function rollBack(engine: Engine, id: string) {
  const preview = await previewRollback(engine.deps, { id })
  const before = await engine.db.lead.count()
  await agreeToRollback(engine, id)
  await runImport(engine.deps, { importId: id })
  const row = await getImport(engine.deps, { id })
  for (const count of Object.keys(preview) as (keyof typeof preview)[])
    expect([count, row[count]]).toEqual([count, preview[count]])
  expect(row.status).toBe('rolled_back')
  expect(before - (await engine.db.lead.count())).toBe(row.removed)
  return row
}

/** Starts a campaign of two steps, a day apart, on a batch. */
export async function startOn(engine: Engine, batchId: string) {
  const { id: workflowId } = await createWorkflow(engine, { days: [0, 1] })
  const { id } = await createCampaign(engine.deps, {
    campaignType: 'outreach',
    name: 'On the import',
    timezone: 'UTC',
    batchIds: [batchId],
    workflowId,
    by: BY,
  })
  await startCampaign(engine.deps, { campaignId: id, by: BY })
  return id
}
