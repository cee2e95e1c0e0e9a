import { selectSuppressions } from '@/db/queries/suppression/select-suppressions'
import type { Deps } from '@/deps'
import { EXPORTED_AT_ONCE, type ExportTable, exportTime } from '@/domain/lists/exports'
import type { Place } from '@/domain/lists/place'
import { type ListSuppressions, readFilter } from './list-suppressions'

/** The entries of the suppression list that match, the latest first, as a table; of an erased person's only that there is one. */
export async function exportSuppressions(
  deps: Deps,
  asked: Pick<ListSuppressions, 'search' | 'kind'>,
): Promise<ExportTable> {
  const { filter } = await readFilter(deps, asked)
  async function* pages() {
    for (let from: Place | null = null; ; ) {
      const entries = await selectSuppressions(deps.sql, filter, { onwards: true, from, limit: EXPORTED_AT_ONCE })
      yield entries.map(({ value, kind, reason, source, createdAt }) => [
        value ?? '(erased)',
        kind,
        reason,
        source,
        exportTime(createdAt),
      ])
      const last: (typeof entries)[number] | undefined = entries.at(-1)
      if (!last || entries.length < EXPORTED_AT_ONCE) return
      from = { id: last.id, value: last.createdAt.toISOString() }
    }
  }
  return { header: ['address_or_domain', 'kind', 'reason', 'source', 'added_at'], pages: pages() }
}
