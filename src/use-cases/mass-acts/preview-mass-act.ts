import {
  countAlready,
  countDeletion,
  countMatching,
  countSkippable,
  type OpenEmails,
} from '@/db/queries/mass-acts/count-matching'
import { countPlannedByBatch } from '@/db/queries/mass-acts/leave-batch'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { endReasonOf } from '@/domain/lead/status'
import type { LeftOut, MASS_ACTS, MassChoice, MassFilter } from '@/domain/lists/mass-act'
import { matchingOf } from './matching'

export type AskedMassAct = { kind: (typeof MASS_ACTS)[number]; filter: MassFilter; choice: MassChoice }

/** Leads up to which it is counted what an act would do to them: of more that would take as long as a part of the act itself. */
export const COUNTED_LEADS = 10_000

/**
 * What an act would do, where it touches emails. `planned` of them are skipped, deleted, or, where leads leave a batch, stay planned by
 * the campaigns of it that are on their way; `held` ones, whose delivery is unknown,
 * and those being sent stay as they are, but for held ones of leads that are deleted. `sent`: whose record would go with its lead.
 */
export type TouchedEmails = OpenEmails & { sent: number }

/**
 * `total` leads match, whose number is exact. Where that is no more than `COUNTED_LEADS`: `already` are what the act would make them.
 * Null where the act touches none: emails of theirs, and replies to them that wait to be sent and would never leave. `leftOut`: whom it
 * would leave as they are now.
 */
export type MassActPreview = { total: number } & (
  | {
      isCounted: true
      already: number
      emails: TouchedEmails | null
      replies: { waiting: number } | null
      leftOut: LeftOut
    }
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
  const [already, touched] = await Promise.all([
    as ? countAlready(sql, matching, as) : 0,
    kind === 'delete' ? countDeleted(sql, matching) : countSkipped(sql, matching, { kind, choice }),
  ])
  return { total, isCounted: true, already, ...touched }
}

type Touched = Pick<Extract<MassActPreview, { isCounted: true }>, 'emails' | 'replies' | 'leftOut'>
type FoundBy = Parameters<typeof countSkippable>[1]

const NONE: Touched = { emails: null, replies: null, leftOut: {} }
const NO_EMAILS: TouchedEmails = { planned: 0, held: 0, sending: 0, campaigns: 0, sent: 0 }

async function countSkipped(
  sql: Sql,
  matching: FoundBy,
  { kind, choice: { status } }: Pick<AskedMassAct, 'kind' | 'choice'>,
): Promise<Touched> {
  // Addresses that are on the list already are no exception: what is planned for them is skipped, too.
  if (kind === 'suppress')
    return { ...NONE, emails: { ...(await countSkippable(sql, matching, { reason: 'suppressed' })), sent: 0 } }
  if (kind === 'leave' && matching.batchId)
    return { ...NONE, emails: { ...NO_EMAILS, ...(await countPlannedByBatch(sql, matching, matching.batchId)) } }
  const reason = kind === 'status' && status ? endReasonOf(status) : null
  if (!status || !reason) return NONE
  return { ...NONE, emails: { ...(await countSkippable(sql, matching, { reason, exceptStatus: status })), sent: 0 } }
}

async function countDeleted(sql: Sql, matching: FoundBy): Promise<Touched> {
  const counts = await countDeletion(sql, matching)
  if (!counts) throw new Error('Nothing was counted')
  const { planned, held, sent, campaigns, waitingReplies, keptSending, keptHeld } = counts
  return {
    emails: { planned, held, sent, sending: 0, campaigns },
    replies: { waiting: waitingReplies },
    leftOut: { sending: keptSending, held_reply: keptHeld },
  }
}

/** How many leads match, all of them. */
export const countMatchingLeads = async (
  { sql }: Pick<Deps, 'sql'>,
  filter: MassFilter,
): Promise<{ total: number }> => ({
  total: await countMatching(sql, await matchingOf(sql, filter)),
})
