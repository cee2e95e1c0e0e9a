export const CAMPAIGN_TYPES = ['lead_generation', 'outreach', 'fully_automated'] as const
export type CampaignType = (typeof CAMPAIGN_TYPES)[number]

export const CAMPAIGN_STATUSES = ['draft', 'scheduled', 'running', 'paused', 'completed', 'failed'] as const
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number]

/** No draft any more, and not over: its runs may still come. */
export const UNDER_WAY: readonly CampaignStatus[] = ['scheduled', 'running', 'paused']

/** A campaign can be archived in these: nothing of it is still to come. */
export const ARCHIVABLE: readonly CampaignStatus[] = ['draft', 'completed', 'failed']

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

/** What a person does to a campaign: the state it leads to, and those from which it does. */
export const ACTS = {
  start: { to: 'running', from: ['draft', 'scheduled'] },
  schedule: { to: 'scheduled', from: ['draft', 'scheduled'] },
  unschedule: { to: 'draft', from: ['scheduled'] },
  pause: { to: 'paused', from: ['running'] },
  resume: { to: 'running', from: ['paused', 'failed'] },
  stop: { to: 'completed', from: ['running', 'paused', 'scheduled', 'failed'] },
} as const satisfies Record<string, { to: CampaignStatus; from: readonly CampaignStatus[] }>
export type CampaignAct = keyof typeof ACTS

/** Why a campaign is over that a person has stopped; one that has ended by itself says nothing. */
export const STOPPED = 'Stopped'

/** Whether the act is one for a campaign in this state. */
export const canAct = (act: CampaignAct, status: CampaignStatus): boolean =>
  (ACTS[act].from as readonly CampaignStatus[]).includes(status)
