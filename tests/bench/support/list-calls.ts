import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { listCampaignEvents } from '@/use-cases/campaigns/list-campaign-events'
import { listCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { countConversations } from '@/use-cases/inbox/count-conversations'
import { getConversation } from '@/use-cases/inbox/get-conversation'
import { type ListConversations, listConversations } from '@/use-cases/inbox/list-conversations'
import { getRun } from '@/use-cases/lead-generation/get-run'
import { listRuns } from '@/use-cases/lead-generation/list-runs'
import { getBatch } from '@/use-cases/leads/get-batch'
import { getLead } from '@/use-cases/leads/get-lead'
import { listBatches } from '@/use-cases/leads/list-batches'
import { type ListLeads, listLeads } from '@/use-cases/leads/list-leads'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { getProgress } from '@/use-cases/progress/get-progress'
import { listCampaignEmails } from '@/use-cases/progress/list-campaign-emails'
import { getMessage } from '@/use-cases/sandbox/get-message'
import { listMessages } from '@/use-cases/sandbox/list-messages'
import { listRemovals } from '@/use-cases/suppression/list-removals'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { getTemplate } from '@/use-cases/templates/get-template'
import { listTemplates } from '@/use-cases/templates/list-templates'
import { previewTemplate } from '@/use-cases/templates/preview-template'
import { getWorkflow } from '@/use-cases/workflows/get-workflow'
import { listWorkflows } from '@/use-cases/workflows/list-workflows'
import type { Bench } from './bench-deps'

type Calls = Record<string, () => Promise<unknown>>

/** The reads of every screen on the filled tables, by name; pages far down are found before anything is measured. */
export async function listCalls({ deps, pool }: Pick<Bench, 'deps' | 'pool'>): Promise<Calls> {
  const idOf = async (sql: string): Promise<string> => (await pool.query<{ id: string }>(sql)).rows[0]?.id ?? ''
  const [running, paused, completed] = await Promise.all(
    [0, 1, 2].map((i) => idOf(`SELECT id FROM campaigns WHERE name = 'Large ${i}'`)),
  )
  const middle = async (table: string, where = '') =>
    idOf(`SELECT id FROM ${table} ${where} ORDER BY id OFFSET (SELECT count(*) / 2 FROM ${table} ${where}) LIMIT 1`)
  const lead = await middle('leads')
  const largeBatch = await idOf('SELECT id FROM lead_batches ORDER BY created_at DESC LIMIT 1')
  const template = await idOf(
    `SELECT s.email_template_id AS id FROM workflow_steps s JOIN campaigns c ON c.workflow_id = s.workflow_id WHERE c.name = 'Large 0' LIMIT 1`,
  )
  const workflow = await idOf(`SELECT workflow_id AS id FROM campaigns WHERE name = 'Large 0'`)
  const runner = await idOf(
    'SELECT campaign_id AS id FROM lead_generation_runs GROUP BY 1 ORDER BY count(*) DESC LIMIT 1',
  )
  const run = await idOf('SELECT id FROM lead_generation_runs LIMIT 1')
  const message = await middle('sandbox_messages')
  const pages = await pool.query<{ count: number }>(
    `SELECT ceil(count(*) / 25.0)::int AS count FROM campaigns WHERE campaign_type = 'outreach'`,
  )
  return {
    ...campaignCalls({
      deps,
      running,
      paused,
      completed,
      pages: pages.rows[0]?.count ?? 1,
      small: await middle('campaigns', `WHERE name LIKE 'Small %'`),
    }),
    ...(await leadCalls(deps, lead)),
    'batches.list': () => listBatches(deps),
    'batches.list search': () => listBatches(deps, { search: 'batch 1' }),
    'batches.get of half of all leads': () => getBatch(deps, { id: largeBatch }),
    'batches.get, replied': () => getBatch(deps, { id: largeBatch, statuses: ['replied'] }),
    'batches.get, by company': () => getBatch(deps, { id: largeBatch, sort: 'company', descending: false }),
    'templates.list': () => listTemplates(deps),
    'templates.get': () => getTemplate(deps, { id: template }),
    'templates.preview': () => previewTemplate(deps, { template: { templateId: template } }),
    'templates.preview in the middle': () =>
      previewTemplate(deps, { template: { templateId: template }, lead: { after: lead } }),
    'templates.preview worst': () => previewTemplate(deps, { template: { templateId: template }, lead: 'worst' }),
    'workflows.list': () => listWorkflows(deps),
    'workflows.get': () => getWorkflow(deps, { id: workflow }),
    'suppression.list': () => listSuppressions(deps, {}),
    'suppression.list search': () => listSuppressions(deps, { search: 'no1234' }),
    'suppression.removals': () => listRemovals(deps),
    'mailboxes.list': () => listMailboxes(deps),
    ...inboxCalls(deps, running ?? '', await middle('conversations', 'WHERE lead_id IS NOT NULL')),
    'runs.list': () => listRuns(deps, { campaignId: runner }),
    'runs.get': () => getRun(deps, { runId: run }),
    'sandbox.list': () => listMessages(deps, {}),
    'sandbox.list last page': () => listMessages(deps, { before: far('00000000-0000-0000-0000-000000000000', 0) }),
    'sandbox.list search': () => listMessages(deps, { search: 'question 123' }),
    'sandbox.get': () => getMessage(deps, { id: message }),
  }
}

function inboxCalls(deps: Bench['deps'], campaignId: string, conversation: string): Calls {
  const inbox = (input: ListConversations = {}) => listConversations(deps, input)
  const last = far('00000000-0000-0000-0000-000000000000', '1970-01-01T00:00:00.000Z')
  return {
    'inbox.list': () => inbox(),
    'inbox.list waiting': () => inbox({ scope: 'waiting' }),
    'inbox.list snoozed': () => inbox({ scope: 'snoozed' }),
    'inbox.list done': () => inbox({ scope: 'done' }),
    'inbox.list everything, last page': () => inbox({ scope: 'everything', before: last }),
    'inbox.list of a campaign': () => inbox({ campaignId }),
    'inbox.list of a campaign, everything': () => inbox({ scope: 'everything', campaignId }),
    'inbox.list of nobody': () => inbox({ assigneeId: null }),
    'inbox.list search of many': () => inbox({ scope: 'everything', search: 'keller' }),
    'inbox.list search of few': () => inbox({ scope: 'everything', search: 'keller1900' }),
    'inbox.list found nothing': () => inbox({ search: 'zzzz' }),
    'inbox.list search of two letters': () => inbox({ search: 'zz' }),
    'inbox.counts': () => countConversations(deps, {}),
    'inbox.counts of a campaign': () => countConversations(deps, { campaignId }),
    'inbox.counts of nobody': () => countConversations(deps, { assigneeId: null }),
    'inbox.counts of a search': () => countConversations(deps, { search: 'keller' }),
    'inbox.get': () => getConversation(deps, { id: conversation, by: '' }),
  }
}

type CampaignIds = Record<'running' | 'paused' | 'completed', string | undefined> & {
  deps: Bench['deps']
  small: string
  /** Pages of the list of campaigns. */
  pages: number
}

function campaignCalls({ deps, running = '', paused = '', completed = '', small, pages }: CampaignIds): Calls {
  const type = 'outreach'
  return {
    'campaigns.list': () => listCampaigns(deps, { type }),
    'campaigns.list of 100': () => listCampaigns(deps, { type, pageSize: 100 }),
    'campaigns.list last page': () => listCampaigns(deps, { type, page: pages }),
    'campaigns.list large ones': () => listCampaigns(deps, { type, search: 'large' }),
    'campaigns.list by name': () => listCampaigns(deps, { type, sort: 'name', page: Math.ceil(pages / 2) }),
    'campaigns.list running': () => listCampaigns(deps, { type, status: 'running' }),
    'campaigns.list search': () => listCampaigns(deps, { type, search: 'workflow 7' }),
    'campaigns.list found nothing': () => listCampaigns(deps, { type, search: 'zzz' }),
    'campaigns.list automated': () => listCampaigns(deps, { type: 'fully_automated' }),
    'campaigns.get': () => getCampaign(deps, { campaignId: running }),
    'campaigns.events': () => listCampaignEvents(deps, { campaignId: running }),
    'campaigns.events last page': () =>
      listCampaignEvents(deps, { campaignId: running, before: far('00000000-0000-0000-0000-000000000000', 0) }),
    'campaigns.progress running': () => getProgress(deps, { campaignId: running }),
    'campaigns.progress paused': () => getProgress(deps, { campaignId: paused }),
    'campaigns.progress completed': () => getProgress(deps, { campaignId: completed }),
    'campaigns.progress small': () => getProgress(deps, { campaignId: small }),
    ...emailCalls(deps, running),
  }
}

const far = (id: string, value: string | number | null = null) =>
  Buffer.from(JSON.stringify(value === null ? [id] : [id, value])).toString('base64url')

function emailCalls(deps: Bench['deps'], campaignId: string): Calls {
  const emails = (input: object = {}) => listCampaignEmails(deps, { campaignId, ...input })
  const last = far('ffffffff-ffff-ffff-ffff-ffffffffffff', 1)
  return {
    'campaigns.emails': () => emails(),
    'campaigns.emails last page': () => emails({ before: last }),
    'campaigns.emails pending': () => emails({ status: 'pending' }),
    'campaigns.emails failed': () => emails({ status: 'failed' }),
    'campaigns.emails held': () => emails({ status: 'held' }),
    'campaigns.emails step 3': () => emails({ stepNumber: 3 }),
    'campaigns.emails search': () => emails({ search: 'winter' }),
    'campaigns.emails found nothing': () => emails({ search: 'zzz' }),
  }
}

async function leadCalls(deps: Bench['deps'], lead: string): Promise<Calls> {
  const leads = (input: ListLeads = {}) => listLeads(deps, input)
  const company = 'keller software 2500'
  return {
    'leads.list': () => leads(),
    'leads.list in the middle': () => leads({ after: far(lead) }),
    'leads.list last page': () => leads({ before: far('00000000-0000-0000-0000-000000000000') }),
    'leads.list replied': () => leads({ statuses: ['replied'] }),
    'leads.list interested': () => leads({ statuses: ['interested'] }),
    'leads.list by company': () => leads({ sort: 'company', descending: false }),
    'leads.list by company, in the middle': () =>
      leads({ sort: 'company', descending: false, after: far(lead, company) }),
    'leads.list by company, the empty ones': () => leads({ sort: 'company', descending: false, after: far(lead) }),
    'leads.list by contact, down': () => leads({ sort: 'contact' }),
    'leads.list by email': () => leads({ sort: 'email', descending: false }),
    'leads.list by status': () => leads({ sort: 'status' }),
    'leads.list by last contact': () => leads({ sort: 'lastContacted' }),
    'leads.list by emails sent': () => leads({ sort: 'emailsSent' }),
    'leads.list search of many': () => leads({ search: 'keller' }),
    'leads.list search of two words': () => leads({ search: 'keller logistics' }),
    'leads.list search of few': () => leads({ search: 'keller1900' }),
    'leads.list search, by company': () => leads({ search: 'keller19', sort: 'company', descending: false }),
    'leads.list found nothing': () => leads({ search: 'zzzz' }),
    'leads.list search of two letters': () => leads({ search: 'zz' }),
    'leads.get': () => getLead(deps, lead),
  }
}
