/**
 * By what a list of campaigns can be sorted: what stands in their own rows. What is counted from their emails and answers is counted for
 * a page, not for all of them.
 */
export const CAMPAIGN_SORTS = ['created', 'name', 'status', 'leads', 'sent', 'limit', 'nextRun'] as const
export type CampaignSort = (typeof CAMPAIGN_SORTS)[number]

/** Whether a sort begins at its top where nobody has said which way: names begin at A, and what comes next is first. */
export const isFromTop = (sort: CampaignSort): boolean => !['name', 'status', 'nextRun'].includes(sort)

/** Campaigns that can be chosen at once: each is asked for by itself. */
export const CHOSEN_CAMPAIGNS_AT_MOST = 500
