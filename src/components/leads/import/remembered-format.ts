import type { CsvDelimiter, CsvEncoding } from '@/domain/lead/csv-encodings'
import type { ColumnTarget, MappedColumn } from '@/domain/lead/csv-mapping'
import type { OptOutChoice } from '@/domain/lead/opt-outs'
import type { CheckedImport } from '../api-types'

/** How a file is read; what is not chosen is found by the server. */
export type Reading = {
  encoding?: CsvEncoding | undefined
  delimiter?: CsvDelimiter | undefined
  /** 0 where no line names the columns. */
  headerLine?: number | undefined
  mapping?: ColumnTarget[] | undefined
  /** What becomes of those who want no email by what the file says. */
  optOuts?: OptOutChoice | undefined
}

/** The form of the file as far as known, also when it cannot be imported as it is. */
export type FileForm = {
  encoding: CsvEncoding
  delimiter: CsvDelimiter
  headerLine: number
  firstLines: CheckedImport['file']['firstLines']
  linesAbove: number[]
  columns: MappedColumn[]
}

/** What a person chose for a kind of file: which line names the columns, and where each goes. */
type Format = { names: string; headerLine: number; mapping: ColumnTarget[] }

const KEPT_AS = 'import-formats'
// The latest ones; nobody has more kinds of files.
const KEPT = 30

/** A file's kind by its line of names; without one by its name, apart from digits, and its number of columns. */
const kindOf = (form: FileForm, headerLine: number, fileName: string) =>
  headerLine === 0
    ? `${fileName.replace(/\d+/g, '')}\n${form.columns.length}`
    : (form.firstLines.find(({ line }) => line === headerLine)?.text ?? '')

/** Keeps in this browser how a file was read, for the next one of its kind. */
export function rememberFormat(form: FileForm, fileName: string): void {
  const { headerLine, columns } = form
  const format: Format = {
    names: kindOf(form, headerLine, fileName),
    headerLine,
    mapping: columns.map(({ target }) => target),
  }
  const others = readFormats().filter(({ names }) => names !== format.names)
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify([format, ...others].slice(0, KEPT)))
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

/** How a file of this kind was read last; null when it is the first, or is read so already. */
export function recallFormat(form: FileForm, fileName: string): Pick<Reading, 'headerLine' | 'mapping'> | null {
  for (const { names, headerLine, mapping } of readFormats()) {
    const line =
      headerLine === 0
        ? names === kindOf(form, 0, fileName) && 0
        : (form.firstLines.find(({ text }) => text === names)?.line ?? false)
    if (line === false || mapping.length !== form.columns.length) continue
    const same = line === form.headerLine && form.columns.every(({ target }, i) => target === mapping[i])
    return same ? null : { headerLine: line, mapping }
  }
  return null
}

function readFormats(): Format[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]')
    return Array.isArray(kept) ? (kept as Format[]) : []
  } catch {
    return []
  }
}
