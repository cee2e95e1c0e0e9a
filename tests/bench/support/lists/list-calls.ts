import { getRun } from '@/use-cases/lead-generation/get-run'
import { listRuns } from '@/use-cases/lead-generation/list-runs'
import { listMailboxes, listMailboxesBearing } from '@/use-cases/mailboxes/list-mailboxes'
import { getTemplate } from '@/use-cases/templates/get-template'
import { listTemplates } from '@/use-cases/templates/list-templates'
import { listTestMailboxes } from '@/use-cases/templates/list-test-mailboxes'
import { previewTemplate } from '@/use-cases/templates/preview-template'
import { getWorkflow } from '@/use-cases/workflows/get-workflow'
import { listWorkflows } from '@/use-cases/workflows/list-workflows'
import type { Bench } from '../bench-deps'
import type { Calls, Ids } from './calls'
import { campaignCalls, wholeCampaignCalls } from './campaign-calls'
import { inboxCalls } from './inbox-calls'
import { leadCalls, wholeLeadCalls } from './lead-calls'
import { teamCalls } from './team-calls'

type In = Pick<Bench, 'deps' | 'pool'>

/** Queries of the API that are not measured, and why. */
export const NOT_MEASURED: Readonly<Record<string, string>> = {
  'campaigns.estimate': 'asks lead sources, not the tables',
  'leadSources.list': 'one row a source',
  'mailboxes.oauthClients': 'one row a provider',
  'mailboxes.provider': 'asks the records of a domain, not the tables',
  'notifications.choices': 'one row a kind',
  'settings.get': 'one row',
  'settings.restore': 'one row a restore',
}

/** The reads of every screen on the filled tables, by name; pages far down are found before anything is measured. */
export async function listCalls({ deps, pool }: In): Promise<Calls> {
  const ids = await idsIn(pool)
  return {
    ...(await campaignCalls(deps, ids)),
    ...(await leadCalls(deps, ids)),
    ...(await inboxCalls(deps, ids)),
    ...(await teamCalls(deps, ids)),
    ...(await textCalls({ deps }, ids)),
  }
}

/**
 * The reads before an act on many leads or emails: they look at each of these, as the act does, so that their time is that of what
 * they are about.
 */
export async function wholeCalls({ deps, pool }: In): Promise<Calls> {
  const ids = await idsIn(pool)
  return { ...wholeCampaignCalls(deps, ids.campaigns), ...(await wholeLeadCalls(deps, ids)) }
}

async function textCalls({ deps }: Pick<Bench, 'deps'>, { idOf, lead, template, workflow }: Ids): Promise<Calls> {
  const runner = await idOf(
    'SELECT campaign_id AS id FROM lead_generation_runs GROUP BY 1 ORDER BY count(*) DESC LIMIT 1',
  )
  const run = await idOf('SELECT run_id AS id FROM lead_generation_calls LIMIT 1')
  const ofTemplate = { templateId: template }
  return {
    'templates.list': () => listTemplates(deps),
    'templates.get': () => getTemplate(deps, { id: template }),
    'templates.testMailboxes': () => listTestMailboxes(deps),
    'templates.preview': () => previewTemplate(deps, { template: ofTemplate }),
    'templates.preview in the middle': () => previewTemplate(deps, { template: ofTemplate, lead: { after: lead } }),
    'templates.preview worst': () => previewTemplate(deps, { template: ofTemplate, lead: 'worst' }),
    'workflows.list': () => listWorkflows(deps),
    'workflows.get': () => getWorkflow(deps, { id: workflow }),
    'mailboxes.list': () => listMailboxes(deps),
    'mailboxes.find': () => listMailboxesBearing(deps, { search: 'a', pageSize: 5 }),
    'runs.list': () => listRuns(deps, { campaignId: runner }),
    'runs.get': () => getRun(deps, { runId: run }),
  }
}

async function idsIn(pool: Bench['pool']): Promise<Ids> {
  const idOf: Ids['idOf'] = async (sql) => (await pool.query<{ id: string }>(sql)).rows[0]?.id ?? ''
  const middle: Ids['middle'] = (table, where = '') =>
    idOf(`SELECT id FROM ${table} ${where} ORDER BY id OFFSET (SELECT count(*) / 2 FROM ${table} ${where}) LIMIT 1`)
  const campaign = (name: string) => idOf(`SELECT id FROM campaigns WHERE name = '${name}'`)
  const [running, paused, completed] = [await campaign('Large 0'), await campaign('Large 1'), await campaign('Large 2')]
  return {
    idOf,
    middle,
    campaigns: { running, paused, completed, next: await campaign('Next') },
    lead: await middle('leads'),
    largeBatch: await idOf('SELECT id FROM lead_batches ORDER BY created_at DESC LIMIT 1'),
    template: await idOf(
      `SELECT s.email_template_id AS id FROM workflow_steps s JOIN campaigns c ON c.workflow_id = s.workflow_id WHERE c.name = 'Large 0' LIMIT 1`,
    ),
    workflow: await idOf(`SELECT workflow_id AS id FROM campaigns WHERE name = 'Large 0'`),
  }
}
