/** What is known of a lead of an import when it is rolled back. */
export type ImportedLead = {
  /** The import added it; else it was there before. */
  added: boolean
  /** The import put it into its batch, or gave it a value. */
  changedByImport: boolean
  /** Some of that is still there. */
  stillThere: boolean
  /** Some of that is still there, and no other import brought the same. */
  onlyThis: boolean
  /** An email or a reply to it has left since, is leaving, or may have left. */
  emailed: boolean
  /** A campaign has planned an email to it since, or a reply to it waits to leave. */
  planned: boolean
  /** It is in another batch, or another import brought it as well. */
  elsewhere: boolean
  /** A person has edited it since, or it has written to us. */
  changedSince: boolean
}

/** What becomes of a lead of an import that is rolled back. */
export type LeadFate =
  | 'removed'
  | 'keptEmailed'
  | 'keptPlanned'
  | 'keptElsewhere'
  | 'keptChanged'
  | 'restored'
  | 'existingKept'
  | 'existingElsewhere'
  | 'untouched'

/**
 * Decides what a rollback does to a lead. What the import added goes, unless it was emailed, is planned for, came from elsewhere as
 * well or was changed since; what it alone changed of others goes back, unless they were emailed or planned for since.
 */
export function fateOf(lead: ImportedLead): LeadFate {
  if (!lead.added) {
    if (!lead.changedByImport) return 'untouched'
    if (lead.emailed || lead.planned) return 'existingKept'
    if (lead.onlyThis) return 'restored'
    return lead.stillThere ? 'existingElsewhere' : 'existingKept'
  }
  if (lead.emailed) return 'keptEmailed'
  if (lead.planned) return 'keptPlanned'
  if (lead.elsewhere) return 'keptElsewhere'
  return lead.changedSince ? 'keptChanged' : 'removed'
}

/** How many leads had which fate; `gone` ones were deleted by somebody before. */
export type RollbackCounts = Record<LeadFate | 'gone', number>

export const NO_COUNTS: Readonly<RollbackCounts> = {
  removed: 0,
  keptEmailed: 0,
  keptPlanned: 0,
  keptElsewhere: 0,
  keptChanged: 0,
  restored: 0,
  existingKept: 0,
  existingElsewhere: 0,
  untouched: 0,
  gone: 0,
}

/** The number of leads for each fate, those of before included. Leads of which the same is known may come together. */
export function countFates(
  fates: Iterable<LeadFate | { fate: LeadFate; leads: number }>,
  before: Readonly<RollbackCounts> = NO_COUNTS,
): RollbackCounts {
  const counts = { ...before }
  for (const one of fates) {
    const { fate, leads } = typeof one === 'string' ? { fate: one, leads: 1 } : one
    counts[fate] += leads
  }
  return counts
}

/** How many leads are counted, whatever became of them. */
export const sumOf = (counts: Readonly<RollbackCounts>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** The leads that stay as the import has left them. */
export const keptOf = (counts: Readonly<RollbackCounts>): number => {
  const { keptEmailed, keptPlanned, keptElsewhere, keptChanged, existingKept, existingElsewhere } = counts
  return keptEmailed + keptPlanned + keptElsewhere + keptChanged + existingKept + existingElsewhere
}
