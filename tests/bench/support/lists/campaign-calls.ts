import type { Deps } from '@/deps'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { listCampaignEvents } from '@/use-cases/campaigns/list-campaign-events'
import { listCampaigns, listMatchingCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { previewResume } from '@/use-cases/campaigns/resume-campaign'
import { listChanges } from '@/use-cases/changes/list-changes'
import { prepareUndo } from '@/use-cases/changes/prepare-undo'
import { getEmail } from '@/use-cases/progress/get-email'
import { getProgress } from '@/use-cases/progress/get-progress'
import { getResults } from '@/use-cases/progress/get-results'
import { listCampaignEmails } from '@/use-cases/progress/list-campaign-emails'
import { previewSequence } from '@/use-cases/progress/preview-sequence'
import { type Calls, type Ids, lastPlace, placeAt } from './calls'

/** The reads of campaigns and of their emails. */
export async function campaignCalls(deps: Deps, ids: Ids): Promise<Calls> {
  const { middle, idOf, campaigns, lead } = ids
  const { running, paused, completed, next } = campaigns
  const small = await middle('campaigns', `WHERE name LIKE 'Small %'`)
  const type = 'outreach'
  const list = (input: object = {}) => listCampaigns(deps, { type, ...input })
  const pagesOf = async (archived: boolean) =>
    Number(
      await idOf(
        `SELECT greatest(1, ceil(count(*) / 25.0)) AS id FROM campaigns WHERE campaign_type = 'outreach' AND archived_at IS ${archived ? 'NOT NULL' : 'NULL'}`,
      ),
    )
  const [pages, archivedPages] = [await pagesOf(false), await pagesOf(true)]
  return {
    'campaigns.list': () => list(),
    'campaigns.list of 100': () => list({ pageSize: 100 }),
    'campaigns.list last page': () => list({ page: pages }),
    'campaigns.list large ones': () => list({ search: 'large' }),
    'campaigns.list by name': () => list({ sort: 'name', page: Math.ceil(pages / 2) }),
    'campaigns.list by status': () => list({ sort: 'status', page: Math.ceil(pages / 2) }),
    'campaigns.list by leads': () => list({ sort: 'leads' }),
    'campaigns.list by sent, last page': () => list({ sort: 'sent', page: pages }),
    'campaigns.list by next run': () => listCampaigns(deps, { type: 'fully_automated', sort: 'nextRun' }),
    'campaigns.matching': () => listMatchingCampaigns(deps, { type }),
    'campaigns.matching, by sent': () => listMatchingCampaigns(deps, { type, sort: 'sent', status: 'completed' }),
    'campaigns.list running': () => list({ status: 'running' }),
    'campaigns.list search': () => list({ search: 'workflow 7' }),
    'campaigns.list found nothing': () => list({ search: 'zzz' }),
    'campaigns.list automated': () => listCampaigns(deps, { type: 'fully_automated' }),
    'campaigns.list archived': () => list({ archived: true }),
    'campaigns.list archived, last page': () => list({ archived: true, page: archivedPages }),
    'campaigns.list archived, search': () => list({ archived: true, search: 'workflow 7' }),
    'campaigns.get': () => getCampaign(deps, { campaignId: running }),
    'campaigns.events': () => listCampaignEvents(deps, { campaignId: running }),
    'campaigns.events last page': () => listCampaignEvents(deps, { campaignId: running, before: lastPlace(0) }),
    'campaigns.listChanges': () => listChanges(deps, { campaignId: running }),
    'campaigns.progress running': () => getProgress(deps, { campaignId: running }),
    'campaigns.progress paused': () => getProgress(deps, { campaignId: paused }),
    'campaigns.progress completed': () => getProgress(deps, { campaignId: completed }),
    'campaigns.progress small': () => getProgress(deps, { campaignId: small }),
    'campaigns.results': () => getResults(deps, { campaignId: running }),
    'campaigns.results completed': () => getResults(deps, { campaignId: completed }),
    'campaigns.results small': () => getResults(deps, { campaignId: small }),
    'campaigns.sequencePreview': () => previewSequence(deps, { campaignId: next, stepNumber: 2 }),
    'campaigns.sequencePreview in the middle': () =>
      previewSequence(deps, { campaignId: next, stepNumber: 2, leadId: lead }),
    ...(await emailCalls(deps, ids)),
  }
}

async function emailCalls(deps: Deps, { idOf, campaigns }: Ids): Promise<Calls> {
  const campaignId = campaigns.running
  const emails = (input: object = {}) => listCampaignEmails(deps, { campaignId, ...input })
  const emailIn = (status: string) =>
    idOf(`SELECT se.id FROM scheduled_emails se JOIN campaigns c ON c.id = se.campaign_id
          WHERE c.name = 'Large 0' AND se.status = '${status}' AND se.workflow_step_number = 1 LIMIT 1`)
  const [sent, pending] = [await emailIn('sent'), await emailIn('pending')]
  return {
    'campaigns.emails': () => emails(),
    'campaigns.emails last page': () => emails({ before: placeAt('ffffffff-ffff-ffff-ffff-ffffffffffff', 1) }),
    'campaigns.emails pending': () => emails({ status: 'pending' }),
    'campaigns.emails failed': () => emails({ status: 'failed' }),
    'campaigns.emails held': () => emails({ status: 'held' }),
    'campaigns.emails step 3': () => emails({ stepNumber: 3 }),
    'campaigns.emails search': () => emails({ search: 'winter' }),
    'campaigns.emails found nothing': () => emails({ search: 'zzz' }),
    'campaigns.email sent': () => getEmail(deps, { id: sent }),
    'campaigns.email pending': () => getEmail(deps, { id: pending }),
  }
}

/** What a person looks at before an act on a whole campaign, which looks at each of its leads or emails, as the act does. */
export const wholeCampaignCalls = (deps: Deps, { running, paused, next }: Ids['campaigns']): Calls => ({
  'campaigns.preflight': () => checkCampaign(deps, { campaignId: next }),
  'campaigns.forecast': () => forecastCampaign(deps, { campaignId: next }),
  'campaigns.resumePreview': () => previewResume(deps, { campaignId: paused }),
  'campaigns.undoChange': () => prepareUndo(deps, { campaignId: running, version: 2 }),
})
