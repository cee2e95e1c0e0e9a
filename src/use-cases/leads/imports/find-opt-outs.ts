import type { CsvFile } from '@/csv/csv-file'
import type { ColumnTarget } from '@/domain/lead/csv-mapping'
import { leadFromRow } from '@/domain/lead/csv-row'
import { type OptOut, type OptOutCount, optOutColumns, optOutOf } from '@/domain/lead/opt-outs'
import { createTurns } from '@/lib/turns'

/**
 * Who wants no email by what the file says of them, by address. Of several rows with one address a single one counts. Reads
 * the file once more, where it has a column that could say so.
 */
export async function findOptOuts(file: CsvFile, targets: readonly ColumnTarget[]): Promise<Map<string, OptOut>> {
  return optOutColumns(file.columns).length === 0 ? new Map() : (await lookThrough(file, targets)).optOuts
}

/** The number of a file's rows, and who wants no email by what it says. Whatever keeps it from being read to its end shows here. */
export async function lookThrough(
  file: CsvFile,
  targets: readonly ColumnTarget[],
): Promise<{ rows: number; optOuts: Map<string, OptOut> }> {
  const columns = optOutColumns(file.columns)
  const optOuts = new Map<string, OptOut>()
  const turns = createTurns()
  let rows = 0
  for await (const { cells, values } of file.rows()) {
    if (turns.isOver()) await turns.pass()
    rows += 1
    // What no lead is made of says nothing of a person.
    const optOut = columns.length > 0 && values === undefined && optOutOf(cells, columns)
    if (!optOut) continue
    const row = leadFromRow(cells, targets)
    if (row.ok && (!optOuts.has(row.lead.email) || optOut.reason === 'unsubscribed'))
      optOuts.set(row.lead.email, optOut)
  }
  return { rows, optOuts }
}

/** The number of people for each reason. */
export function countOptOuts(found: ReadonlyMap<string, OptOut>): OptOutCount[] {
  const reasons = [...found.values()].map(({ reason }) => reason)
  return (['unsubscribed', 'bounced', 'complained'] as const)
    .map((reason) => ({ reason, people: reasons.filter((other) => other === reason).length }))
    .filter(({ people }) => people > 0)
}
