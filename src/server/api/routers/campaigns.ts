import { z } from 'zod'
import { campaignChange } from '@/domain/campaign/changes/input'
import { campaignDraft, newCampaign } from '@/domain/campaign/draft'
import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { CAMPAIGN_SORTS } from '@/domain/campaign/sorts'
import { CAMPAIGN_STATUSES, CAMPAIGN_TYPES } from '@/domain/campaign/state'
import { STEP_LIMIT } from '@/domain/workflow/steps'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { duplicateCampaign } from '@/use-cases/campaigns/duplicate-campaign'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { listCampaignEvents } from '@/use-cases/campaigns/list-campaign-events'
import { listCampaigns, listMatchingCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { archiveCampaign, deleteCampaign, unarchiveCampaign } from '@/use-cases/campaigns/remove-campaign'
import { previewResume, resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { applyChange } from '@/use-cases/changes/apply-change'
import { listChanges } from '@/use-cases/changes/list-changes'
import { prepareUndo } from '@/use-cases/changes/prepare-undo'
import { previewChange } from '@/use-cases/changes/preview-change'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { estimateLeads } from '@/use-cases/lead-generation/estimate-leads'
import { getEmail } from '@/use-cases/progress/get-email'
import { getProgress } from '@/use-cases/progress/get-progress'
import { getResults } from '@/use-cases/progress/get-results'
import { listCampaignEmails } from '@/use-cases/progress/list-campaign-emails'
import { previewSequence } from '@/use-cases/progress/preview-sequence'
import { numberedPage, pageInput } from '../list-input'
import { createRouter, procedure } from '../trpc'

const campaignId = z.object({ campaignId: z.uuid() })
const stepNumber = z.int().min(1).max(STEP_LIMIT)
const version = z.int().min(2).max(100_000)
const page = z.object(numberedPage)
const chosen = z.array(z.uuid()).min(1).max(10_000).optional()

/** The campaigns that a list shows under these filters, in its order. */
const listed = {
  type: z.enum(CAMPAIGN_TYPES).default('outreach'),
  status: z.enum(CAMPAIGN_STATUSES).optional(),
  search: z.string().trim().max(200).optional(),
  sort: z.enum(CAMPAIGN_SORTS).default('created'),
  descending: z.boolean().optional(),
  archived: z.boolean().default(false),
}

export const campaignsRouter = createRouter({
  list: procedure.input(page.extend(listed)).query(({ ctx, input }) => listCampaigns(ctx.deps, input)),
  matching: procedure.input(z.object(listed)).query(({ ctx, input }) => listMatchingCampaigns(ctx.deps, input)),
  get: procedure.input(campaignId).query(({ ctx, input }) => getCampaign(ctx.deps, input)),
  create: procedure
    .input(newCampaign)
    .mutation(({ ctx, input }) => createCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  update: procedure
    .input(campaignId.extend({ patch: campaignDraft }))
    .mutation(({ ctx, input }) => updateCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  duplicate: procedure
    .input(campaignId)
    .mutation(({ ctx, input }) => duplicateCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  delete: procedure.input(campaignId).mutation(({ ctx, input }) => deleteCampaign(ctx.deps, input)),
  archive: procedure
    .input(campaignId)
    .mutation(({ ctx, input }) => archiveCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  unarchive: procedure
    .input(campaignId)
    .mutation(({ ctx, input }) => unarchiveCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  preflight: procedure.input(campaignId).query(({ ctx, input }) => checkCampaign(ctx.deps, input)),
  estimate: procedure.input(campaignId).query(({ ctx, input }) => estimateLeads(ctx.deps, input)),
  forecast: procedure
    .input(campaignId.extend({ startAt: z.date().optional() }))
    .query(({ ctx, input }) => forecastCampaign(ctx.deps, input)),
  sequencePreview: procedure
    .input(campaignId.extend({ stepNumber, leadId: z.uuid().optional() }))
    .query(({ ctx, input }) => previewSequence(ctx.deps, input)),
  start: procedure
    .input(campaignId)
    .mutation(({ ctx, input }) => startCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  schedule: procedure
    .input(campaignId.extend({ startAt: z.date().nullable() }))
    .mutation(({ ctx, input }) => scheduleCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  pause: procedure
    .input(campaignId)
    .mutation(({ ctx, input }) => pauseCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  resumePreview: procedure.input(campaignId).query(({ ctx, input }) => previewResume(ctx.deps, input)),
  resume: procedure
    .input(campaignId)
    .mutation(({ ctx, input }) => resumeCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  stop: procedure.input(campaignId).mutation(({ ctx, input }) => stopCampaign(ctx.deps, { ...input, by: ctx.user.id })),
  previewChange: procedure
    .input(campaignId.extend({ change: campaignChange }))
    .mutation(({ ctx, input }) => previewChange(ctx.deps, input)),
  applyChange: procedure
    .input(campaignId.extend({ change: campaignChange, seen: z.string().max(1_000), undoes: version.nullish() }))
    .mutation(({ ctx, input }) => applyChange(ctx.deps, { ...input, by: ctx.user.id })),
  listChanges: procedure.input(campaignId).query(({ ctx, input }) => listChanges(ctx.deps, input)),
  undoChange: procedure.input(campaignId.extend({ version })).query(({ ctx, input }) => prepareUndo(ctx.deps, input)),
  progress: procedure.input(campaignId).query(({ ctx, input }) => getProgress(ctx.deps, input)),
  results: procedure.input(campaignId).query(({ ctx, input }) => getResults(ctx.deps, input)),
  emails: procedure
    .input(
      z.object({
        ...pageInput,
        campaignId: z.uuid(),
        status: z.enum(EMAIL_STATUSES).optional(),
        stepNumber: stepNumber.optional(),
        search: z.string().trim().max(200).optional(),
      }),
    )
    .query(({ ctx, input }) => listCampaignEmails(ctx.deps, input)),
  email: procedure.input(z.object({ id: z.uuid() })).query(({ ctx, input }) => getEmail(ctx.deps, input)),
  events: procedure.input(campaignId.extend(pageInput)).query(({ ctx, input }) => listCampaignEvents(ctx.deps, input)),
  retryFailed: procedure
    .input(campaignId.extend({ ids: chosen, dryRun: z.boolean().optional() }))
    .mutation(({ ctx, input }) => retryFailed(ctx.deps, { ...input, by: ctx.user.id })),
  resolveHeld: procedure
    .input(campaignId.extend({ ids: chosen, choice: z.enum(['delivered', 'again']) }))
    .mutation(({ ctx, input }) => resolveHeld(ctx.deps, { ...input, by: ctx.user.id })),
})
