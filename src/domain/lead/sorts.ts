/** By what lists of leads can be sorted. */
export const LEAD_SORTS = ['created', 'email', 'company', 'contact', 'status', 'lastContacted', 'emailsSent'] as const

export type LeadSort = (typeof LEAD_SORTS)[number]
