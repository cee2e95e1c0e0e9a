import { selectImport, selectRefusalSize, selectRefusals } from '@/db/queries/lead-imports/select-imports'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { CSV_MARK, csvLines } from '@/domain/lead/csv-export'
import { leftOutHeader, leftOutRow } from '@/domain/lead-import/left-out-file'

const ROWS_AT_ONCE = 500
const CHARACTERS_AT_ONCE = 1_000_000

/** The rows that an import has left out, as a file that comes piece by piece. @throws {DomainError} not_found */
export async function readLeftOut(
  { sql }: Pick<Deps, 'sql'>,
  { id }: { id: string },
): Promise<{ fileName: string; read(): AsyncGenerator<string> }> {
  const [row, size] = await Promise.all([selectImport(sql, id), selectRefusalSize(sql, id)])
  if (!row) throw new DomainError('not_found', 'This import does not exist.', { importId: id })
  const header = leftOutHeader(row.reading.columns, size?.width ?? 0)
  async function* read() {
    yield CSV_MARK + csvLines([header])
    for (let behind = 0; ; ) {
      const rows = await selectRefusals(sql, {
        importId: id,
        behind,
        limit: ROWS_AT_ONCE,
        characters: CHARACTERS_AT_ONCE,
      })
      const last = rows.at(-1)
      if (!last) return
      yield csvLines(rows.map((refused) => leftOutRow(refused, header.length)))
      behind = last.line
    }
  }
  return { fileName: `${row.fileName.replace(/\.[a-z]+$/i, '')} - left out.csv`, read }
}
