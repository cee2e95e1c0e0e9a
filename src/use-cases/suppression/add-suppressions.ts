import type { SuppressionEntry } from '@/db/queries/suppression/insert-suppressions'
import { withSendingBlocked } from '@/db/send-gate'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import type { Suppressed } from '@/domain/lead/suppression'
import { inTurns } from '@/lib/turns'
import { type Suppressing, suppressEntries, toEntry } from './add-suppression'

/** Entries that one transaction takes: so long nothing is sent and no pause comes through. */
export const SUPPRESSED_AT_ONCE = 500

// Where the database takes none of so many one after the other, it takes none of the others either.
const GIVEN_UP_AFTER = 3

/** `failed`: entries that are not on the list, with the error that kept the last of them from it. */
export type AddedSuppressions<Entry> = {
  added: number
  existing: number
  leadsAffected: number
  emailsSkipped: number
  failed: Entry[]
  error?: unknown
  /** It was not to go on: the entries from there on were not looked at. */
  isStopped?: boolean
}

type Within = {
  onlyIf?: (tx: Tx) => Promise<boolean>
  alongside?: (tx: Tx, part: { added: number }) => Promise<unknown>
}

/**
 * Puts any number of entries on the suppression list as `addSuppression` does, some hundred at a time: each part is committed by
 * itself behind the send gate, which is open between them, and stays on the list whatever becomes of the next. `onlyIf` is asked at the
 * beginning of each part, and `alongside` is done with it, in its transaction.
 */
export async function addSuppressions<Entry extends Suppressed>(
  deps: Pick<Deps, 'sql' | 'clock' | 'config' | 'queue' | 'log'>,
  entries: readonly Entry[],
  { onlyIf, alongside, ...how }: Suppressing & Within,
): Promise<AddedSuppressions<Entry>> {
  const done: AddedSuppressions<Entry> = { added: 0, existing: 0, leadsAffected: 0, emailsSkipped: 0, failed: [] }
  // One may stand in several parts, for its address and for its domain.
  const leads = new Set<string>()
  let failures = 0
  for (let i = 0; i < entries.length; i += SUPPRESSED_AT_ONCE) {
    if (failures >= GIVEN_UP_AFTER) {
      for (const entry of entries.slice(i)) done.failed.push(entry)
      break
    }
    const part = entries.slice(i, i + SUPPRESSED_AT_ONCE)
    const hashed = await inTurns(hashesOf(deps, part))
    try {
      const came = await withSendingBlocked(deps.sql, async (tx) => {
        if (onlyIf && !(await onlyIf(tx))) return null
        const suppressed = await suppressEntries(deps, tx, hashed, how)
        await alongside?.(tx, { added: suppressed.added.length })
        return suppressed
      })
      if (!came) {
        done.isStopped = true
        break
      }
      failures = 0
      done.added += came.added.length
      done.existing += part.length - came.added.length
      done.emailsSkipped += came.skipped.length
      for (const { id } of came.leads) leads.add(id)
    } catch (error) {
      failures += 1
      done.failed.push(...part)
      done.error = error
      deps.log.error({ err: error, entries: part.length }, 'suppressions were not added')
    }
  }
  // A campaign may have waited for nothing but these emails.
  if (done.emailsSkipped > 0) await deps.queue.enqueueTick()
  return { ...done, leadsAffected: leads.size }
}

function* hashesOf(
  deps: Pick<Deps, 'config'>,
  entries: readonly Suppressed[],
): Generator<undefined, SuppressionEntry[]> {
  const hashed: SuppressionEntry[] = []
  for (const entry of entries) {
    hashed.push(toEntry(deps, entry))
    yield
  }
  return hashed
}
