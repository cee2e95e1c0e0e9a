import { selectEntries } from '@/db/queries/audit/select-entries'
import type { Deps } from '@/deps'
import { ACTS, actsOf } from '@/domain/audit/acts'
import { EXPORTED_AT_ONCE, type ExportTable, exportTime } from '@/domain/lists/exports'
import type { ListAuditEntries } from './list-audit-entries'

/** The audit log, or what matches of it, the latest first, as a table. */
export async function exportAuditEntries(
  { sql }: Pick<Deps, 'sql'>,
  { group, actorId, outcome }: Pick<ListAuditEntries, 'group' | 'actorId' | 'outcome'>,
): Promise<ExportTable> {
  const filter = { acts: group ? actsOf(group) : undefined, actorId, outcome }
  async function* pages() {
    for (let from: { id: string; value: string } | null = null; ; ) {
      const rows = await selectEntries(sql, filter, { onwards: true, from, limit: EXPORTED_AT_ONCE })
      yield rows.map(({ at, act, outcome: end, actorName, subject, details, ipAddress, userAgent }) => [
        exportTime(at),
        actorName,
        ACTS[act].words,
        subject,
        end,
        Object.keys(details).length > 0 ? JSON.stringify(details) : null,
        ipAddress,
        userAgent,
      ])
      const last: (typeof rows)[number] | undefined = rows.at(-1)
      if (!last || rows.length < EXPORTED_AT_ONCE) return
      from = { id: last.id, value: last.at.toISOString() }
    }
  }
  return { header: ['at', 'who', 'act', 'done_to', 'outcome', 'details', 'address', 'browser'], pages: pages() }
}
