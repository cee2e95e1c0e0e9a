import { DomainError } from '../errors'

export const CAMPAIGN_TYPES = ['lead_generation', 'outreach', 'fully_automated'] as const
export type CampaignType = (typeof CAMPAIGN_TYPES)[number]

export const CAMPAIGN_STATUSES = ['draft', 'scheduled', 'running', 'paused', 'completed', 'failed'] as const
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number]

/** No draft any more, and not over: its runs may still come. */
export const UNDER_WAY: readonly CampaignStatus[] = ['scheduled', 'running', 'paused']

/**
 * Every legal move of a campaign, drawn in `src/README.md`. `scheduled -> draft` takes a planned start back;
 * `completed -> running` is only ever made by "Retry failed", which puts emails back and so reopens the campaign.
 */
export const NEXT = {
  draft: ['scheduled', 'running'],
  scheduled: ['running', 'completed', 'draft'],
  running: ['paused', 'completed', 'failed'],
  paused: ['running', 'completed'],
  failed: ['running', 'completed'],
  completed: ['running'],
} as const satisfies Record<CampaignStatus, readonly CampaignStatus[]>

/** Whether the state table allows this move. */
export const canMove = (from: CampaignStatus, to: CampaignStatus): boolean =>
  (NEXT[from] as readonly CampaignStatus[]).includes(to)

/** The statuses from which `to` can be reached. */
export const statusesBefore = (to: CampaignStatus): CampaignStatus[] =>
  CAMPAIGN_STATUSES.filter((from) => canMove(from, to))

/** The refusal that names both states. `verb` is the refused act, as in "resume". */
export const illegalMove = (campaign: { id: string; name: string }, verb: string, from: string, to: string) =>
  new DomainError(
    'illegal_move',
    `Can't ${verb} "${campaign.name}": it is ${from}, and ${from} cannot become ${to}. Nothing was changed.`,
    { campaignId: campaign.id, from, to },
  )
