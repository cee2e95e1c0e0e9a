import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { lockSampleData } from '@/db/queries/sample-data/lock-sample-data'
import { IN_LINE, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { SAMPLE_POSTAL_ADDRESS } from '@/domain/settings'
import { takeTurn } from '@/lib/take-turn'
import { importLeads } from '@/use-cases/leads/import-leads'
import { createTemplate } from '@/use-cases/templates/create-template'
import { createWorkflow } from '@/use-cases/workflows/create-workflow'

/** The name of the batch of sample leads. */
export const SAMPLE_BATCH = 'Sample leads'

const lines = z.array(z.string()).transform((text) => text.join('\n'))
const templatesFile = z.array(
  z.object({ name: z.string(), subject: z.string(), bodyText: lines, bodyHtml: lines.optional() }),
)
const workflowsFile = z.array(
  z.object({
    name: z.string(),
    description: z.string(),
    steps: z.array(z.object({ template: z.string(), daysAfterPrevious: z.int(), replyInThread: z.boolean() })),
  }),
)

/** What was added now; zeros when everything was there already. */
export type LoadedSampleData = {
  templatesAdded: number
  workflowsAdded: number
  leadsAdded: number
  /** The batch, workflow and templates to begin with, whether added now or before. */
  batchId: string | null
  workflowId: string | null
  templateIds: string[]
  /** In the sandbox, an empty postal address gets a sample one, so that a campaign can start. */
  addressAdded: boolean
}

/**
 * Loads sample leads, templates and a workflow, so that the whole path can be tried without own data. Parts that exist
 * under the same name stay as they are: loaded twice, it adds nothing twice.
 */
export async function loadSampleData(deps: Deps, { by }: { by: string | null }): Promise<LoadedSampleData> {
  // Two people who press the button at once take turns: here without a connection, between processes by the lock, with one.
  return takeTurn(deps.sql, 'sample data', () =>
    transaction(
      deps.sql,
      async (tx) => {
        await lockSampleData(tx)
        return load(deps, by)
      },
      IN_LINE,
    ),
  )
}

async function load(deps: Deps, by: string | null): Promise<LoadedSampleData> {
  const templates = await loadTemplates(deps, by)
  const workflows = await loadWorkflows(deps, templates.ids, by)
  const leads = await loadLeads(deps, by)
  const addressAdded = deps.config.sandbox ? await fillAddress(deps) : false
  deps.log.info({ by, ...leads, templates: templates.added, workflows: workflows.added }, 'sample data loaded')
  return {
    templatesAdded: templates.added,
    workflowsAdded: workflows.added,
    leadsAdded: leads.added,
    batchId: leads.batchId,
    workflowId: workflows.firstId,
    templateIds: [...templates.ids.values()],
    addressAdded,
  }
}

async function loadTemplates(deps: Deps, by: string | null) {
  const ids = new Map<string, string>()
  let added = 0
  for (const template of templatesFile.parse(await readSample('templates.json'))) {
    const known = await deps.db.emailTemplate.findFirst({ where: { name: template.name }, orderBy: { id: 'asc' } })
    ids.set(template.name, known?.id ?? (await createTemplate(deps, { ...template, by })).id)
    if (!known) added++
  }
  return { ids, added }
}

async function loadWorkflows(deps: Deps, templateIds: ReadonlyMap<string, string>, by: string | null) {
  let added = 0
  let firstId: string | null = null
  for (const { steps, ...workflow } of workflowsFile.parse(await readSample('workflows.json'))) {
    const known = await deps.db.workflow.findFirst({
      where: { name: workflow.name, listed: true },
      orderBy: { id: 'asc' },
    })
    const drafts = steps.map(({ template, ...step }) => ({ ...step, templateId: templateIds.get(template) ?? '' }))
    const id = known?.id ?? (await createWorkflow(deps, { ...workflow, steps: drafts, by })).id
    if (!known) added++
    firstId ??= id
  }
  return { added, firstId }
}

async function loadLeads(deps: Deps, by: string | null) {
  const known = await deps.db.leadBatch.findFirst({ where: { name: SAMPLE_BATCH }, orderBy: { id: 'asc' } })
  if (known) return { added: 0, batchId: known.id }
  const text = await readFile(samplePath('leads.csv'), 'utf8')
  const { added, batchId } = await importLeads(deps, { fileName: 'leads.csv', text, batchName: SAMPLE_BATCH, by })
  return { added, batchId }
}

async function fillAddress({ db, clock }: Deps): Promise<boolean> {
  const { count } = await db.settings.updateMany({
    where: { id: 1, postalAddress: '' },
    data: { postalAddress: SAMPLE_POSTAL_ADDRESS, updatedAt: clock.now() },
  })
  if (count > 0)
    await db.settings.updateMany({ where: { id: 1, companyName: '' }, data: { companyName: 'Sample Company' } })
  return count > 0
}

// The project root is the working directory of every process, also of a production build.
const samplePath = (name: string) => join(process.cwd(), 'sample-data', name)
const readSample = async (name: string): Promise<unknown> => JSON.parse(await readFile(samplePath(name), 'utf8'))
