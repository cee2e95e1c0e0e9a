import type { Deps } from '@/deps'
import { type ExportTable, exportTime } from '@/domain/lists/exports'
import { type ListSuppressions, listSuppressions } from './list-suppressions'

const PAGE_SIZE = 1_000

/** The entries of the suppression list that match, the latest first, as a table; of an erased person's only that there is one. */
export async function exportSuppressions(
  deps: Deps,
  asked: Pick<ListSuppressions, 'search' | 'kind'>,
): Promise<ExportTable> {
  async function* pages() {
    for (let after: string | undefined; ; ) {
      const { entries, next } = await listSuppressions(deps, { ...asked, after, pageSize: PAGE_SIZE })
      yield entries.map(({ value, kind, reason, source, createdAt }) => [
        value ?? '(erased)',
        kind,
        reason,
        source,
        exportTime(createdAt),
      ])
      if (!next) return
      after = next
    }
  }
  return { header: ['address_or_domain', 'kind', 'reason', 'source', 'added_at'], pages: pages() }
}
