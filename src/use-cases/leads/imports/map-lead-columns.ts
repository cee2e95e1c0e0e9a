import type { CsvFile } from '@/csv/csv-file'
import { DomainError } from '@/domain/errors'
import { type ColumnTarget, guessTargets } from '@/domain/lead/csv-mapping'
import { normaliseEmail } from '@/domain/lead/email'

/** The target of each column of the file, as chosen or guessed. @throws {DomainError} missing_column, invalid_input */
export function targetsOf(
  file: CsvFile,
  { fileName, mapping }: { fileName: string; mapping?: readonly ColumnTarget[] | undefined },
): readonly ColumnTarget[] {
  if (mapping && mapping.length !== file.columns.length) {
    throw new DomainError(
      'invalid_input',
      `The mapping is for ${mapping.length} columns, but "${fileName}" has ${file.columns.length}. Nothing was imported. Check the file again.`,
    )
  }
  const targets = mapping ?? guessTargets(file.columns, file.head)
  if (targets.includes('email')) return targets
  const names = file.columns.map(({ name, samples }, i) => name || columnWords(i, samples[0]))
  const first = names.slice(0, 20).join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '')
  // An address among the names means that the line is a row.
  const advice = file.columns.some(({ name }) => normaliseEmail(name).ok)
    ? 'Choose that no line names the columns, or add a first line with names, one of them "Email".'
    : 'Say which column holds the addresses, or name it "Email" in the file.'
  throw new DomainError(
    'missing_column',
    `"${fileName}" has no column of email addresses. Columns found: ${first}. Nothing was imported. ${advice}`,
    {
      encoding: file.encoding,
      delimiter: file.delimiter,
      headerLine: file.headerLine,
      firstLines: file.firstLines,
      linesAbove: file.linesAbove,
      columns: file.columns.map((column, i) => ({ ...column, target: targets[i] })),
    },
  )
}

/** The file, with a note of which of its columns have a value in any row that was read. */
export function watchColumns(file: CsvFile): { file: CsvFile; filled: ReadonlySet<number> } {
  const filled = new Set<number>()
  async function* rows() {
    for await (const record of file.rows()) {
      if (filled.size < file.columns.length) {
        for (const [i, cell] of record.cells.entries()) if (cell.trim() !== '') filled.add(i)
      }
      yield record
    }
  }
  return { file: { ...file, rows }, filled }
}

const columnWords = (index: number, sample: string | undefined) =>
  sample ? `column ${index + 1} ("${sample}")` : `column ${index + 1}`
