import type { CsvFile } from '@/csv/csv-file'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'
import { leadFromRow } from '@/domain/lead/csv-row'
import { type OptOut, type OptOutCount, optOutColumns, optOutOf } from '@/domain/lead/opt-outs'

/**
 * Who wants no email by what the file says of them, by address. Of several rows with one address a single one counts. Reads
 * the file once more, where it has a column that could say so.
 */
export async function findOptOuts(file: CsvFile, targets: readonly ColumnTarget[]): Promise<Map<string, OptOut>> {
  const found = new Map<string, OptOut>()
  const columns = optOutColumns(file.columns)
  if (columns.length === 0) return found
  for await (const { cells } of file.rows()) {
    const optOut = optOutOf(cells, columns)
    if (!optOut) continue
    const row = leadFromRow(cells, targets)
    if (row.ok && (!found.has(row.lead.email) || optOut.reason === 'unsubscribed')) found.set(row.lead.email, optOut)
  }
  return found
}

/** The number of people for each reason. */
export function countOptOuts(found: ReadonlyMap<string, OptOut>): OptOutCount[] {
  const reasons = [...found.values()].map(({ reason }) => reason)
  return (['unsubscribed', 'bounced', 'complained'] as const)
    .map((reason) => ({ reason, people: reasons.filter((other) => other === reason).length }))
    .filter(({ people }) => people > 0)
}
