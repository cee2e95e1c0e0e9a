import type { Role } from '../team/roles'

/** One value of a row; times in ISO 8601, UTC. */
export type ExportCell = string | number | null

/** A list as a table that is read piece by piece, so that its length costs no memory. */
export type ExportTable = { header: readonly string[]; pages: AsyncIterable<readonly (readonly ExportCell[])[]> }

/** The lists that can be had as a file, who may have them, and what the audit log calls them. */
export const EXPORTS = {
  audit: { access: 'admin', words: 'Audit log' },
  batches: { access: 'member', words: 'Batches' },
  campaigns: { access: 'member', words: 'Campaigns' },
  emails: { access: 'member', words: 'Emails of a campaign' },
  leads: { access: 'member', words: 'Leads' },
  suppression: { access: 'member', words: 'Suppression list' },
} as const satisfies Record<string, { access: Role; words: string }>

export type ExportList = keyof typeof EXPORTS

export const isExportList = (text: string): text is ExportList => Object.hasOwn(EXPORTS, text)

/** A time as files have it. */
export const exportTime = (at: Date | null): string | null => at?.toISOString() ?? null

/** What the audit log calls the file of the rows that an import has left out. */
export const LEFT_OUT_ROWS = 'Rows that an import left out'

/** Rows that one read brings, of which each is known to be short. */
export const EXPORTED_AT_ONCE = 1_000

/** Rows that one read brings whole: a lead may have 64 kB. */
export const RECORDS_AT_ONCE = 100
