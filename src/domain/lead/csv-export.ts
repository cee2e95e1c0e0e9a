/**
 * One value of a CSV file that people open in spreadsheets: what would be read as a formula gets a `'` in front, quotes
 * are doubled. Telephone numbers begin with `+` and are no exception: a spreadsheet would calculate them.
 */
export function csvCell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The byte order mark by which Excel knows UTF-8: a file begins with it. */
export const CSV_MARK = '\ufeff'

/** Lines of a file, each with CRLF at its end. */
export const csvLines = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')

/** A whole file: a header and rows, CRLF between lines, with the byte order mark by which Excel knows UTF-8. */
export const csvFile = (header: readonly string[], rows: readonly (readonly (string | number | null)[])[]) =>
  `${CSV_MARK}${csvLines([header, ...rows])}`
