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

/** `total` leads match; `already` are what the act would make them. `emails` of theirs, where the act touches emails; else null. */
export type MassActPreview = { total: number; already: number; emails: MatchingEmails | null }

/** Counts what an act on all leads that match would do, before anything is done. */
export async function previewMassAct(
  { sql }: Pick<Deps, 'sql'>,
  { kind, filter, choice }: AskedMassAct,
): Promise<MassActPreview> {
  const { status, batchId } = choice
  const matching = await matchingOf(sql, filter)
  const as =
    kind === 'suppress'
      ? ({ suppressed: true } as const)
      : kind === 'status' && status
        ? { status }
        : kind === 'batch' && batchId
          ? { batchId }
          : null
  const [total, already, emails] = await Promise.all([
    countMatching(sql, matching),
    as ? countAlready(sql, matching, as) : 0,
    touchesEmails({ kind, choice }) ? countEmailsOfMatching(sql, matching) : null,
  ])
  return { total, already, emails }
}

/** How many leads match, all of them. */
export const countMatchingLeads = async (
  { sql }: Pick<Deps, 'sql'>,
  filter: MassFilter,
): Promise<{ total: number }> => ({
  total: await countMatching(sql, await matchingOf(sql, filter)),
})
