import {
  countAlready,
  countEmailsOfMatching,
  countMatching,
  type MatchingEmails,
} from '@/db/queries/mass-acts/count-matching'
import type { Deps } from '@/deps'
import { type MASS_ACTS, type MassChoice, type MassFilter, touchesEmails } from '@/domain/lists/mass-act'
import { matchingOf } from './matching'

export type AskedMassAct = { kind: (typeof MASS_ACTS)[number]; filter: MassFilter; choice: MassChoice }

/** Leads up to which it is counted what an act would do to them: of more that would take as long as a part of the act itself. */
export const COUNTED_LEADS = 10_000

/**
 * `total` leads match, whose number is exact. Where that is no more than `COUNTED_LEADS`: `already` are what the act would make them, and
 * `emails` of theirs, where the act touches emails; else null.
 */
export type MassActPreview = { total: number } & (
  | { isCounted: true; already: number; emails: MatchingEmails | null }
  | { isCounted: false }
)

/** Counts what an act on all leads that match would do, before anything is done. */
export async function previewMassAct(
  { sql }: Pick<Deps, 'sql'>,
  { kind, filter, choice }: AskedMassAct,
): Promise<MassActPreview> {
  const { status, batchId } = choice
  const matching = await matchingOf(sql, filter)
  const total = await countMatching(sql, matching)
  if (total > COUNTED_LEADS) return { total, isCounted: false }
  const as =
    kind === 'suppress'
      ? ({ suppressed: true } as const)
      : kind === 'status' && status
        ? { status }
        : kind === 'batch' && batchId
          ? { batchId }
          : null
  const [already, emails] = await Promise.all([
    as ? countAlready(sql, matching, as) : 0,
    touchesEmails({ kind, choice }) ? countEmailsOfMatching(sql, matching) : null,
  ])
  return { total, isCounted: true, already, emails }
}

/** How many leads match, all of them. */
export const countMatchingLeads = async (
  { sql }: Pick<Deps, 'sql'>,
  filter: MassFilter,
): Promise<{ total: number }> => ({
  total: await countMatching(sql, await matchingOf(sql, filter)),
})
