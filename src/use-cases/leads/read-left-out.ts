import { selectImport, selectRefusalSize, selectRefusals } from '@/db/queries/lead-imports/select-imports'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { leftOutHeader, leftOutRow } from '@/domain/lead-import/left-out-file'
import { type ExportTable, RECORDS_AT_ONCE } from '@/domain/lists/exports'

const CHARACTERS_AT_ONCE = 1_000_000

/** The rows that an import has left out, as a table, and how its file is called. @throws {DomainError} not_found */
export async function readLeftOut(
  { sql }: Pick<Deps, 'sql'>,
  { id }: { id: string },
): Promise<{ fileName: string; table: ExportTable }> {
  const [row, size] = await Promise.all([selectImport(sql, id), selectRefusalSize(sql, id)])
  if (!row) throw new DomainError('not_found', 'This import does not exist.', { importId: id })
  const header = leftOutHeader(row.reading.columns, size?.width ?? 0)
  async function* pages() {
    for (let behind = 0; ; ) {
      const rows = await selectRefusals(sql, {
        importId: id,
        behind,
        limit: RECORDS_AT_ONCE,
        characters: CHARACTERS_AT_ONCE,
      })
      const last = rows.at(-1)
      if (!last) return
      yield rows.map((refused) => leftOutRow(refused, header.length))
      behind = last.line
    }
  }
  return { fileName: `${row.fileName.replace(/\.[a-z]+$/i, '')} - left out.csv`, table: { header, pages: pages() } }
}
