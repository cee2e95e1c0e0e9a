/** How often the runs of a campaign come. */
export const RECURRING_INTERVALS = ['daily', 'every_2_days', 'every_3_days', 'weekly', 'monthly'] as const
export type RecurringInterval = (typeof RECURRING_INTERVALS)[number]

/** Leads that each source may find in one run of a new campaign. */
export const MAX_RESULTS_PER_RUN = 100
