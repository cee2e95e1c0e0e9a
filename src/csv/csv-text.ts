import { isUtf8 } from 'node:buffer'
import chardet from 'chardet'
import { DomainError } from '@/domain/errors'
import { CSV_ENCODINGS, type CsvEncoding } from '@/domain/lead/csv-encodings'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'

export type DecodedText = { text: string; encoding: CsvEncoding }

/**
 * The text of a file. Without `encoding`: that of the byte order mark, else UTF-8. Bytes that are not valid in it
 * refuse the file with the first such line, because a wrongly read name would be mailed as it is.
 * @throws {DomainError} unreadable_file, invalid_input
 */
export function decodeText(bytes: Buffer, fileName: string, encoding?: CsvEncoding): DecodedText {
  checkSize(bytes.length, fileName)
  if (bytes.length === 0) throw unreadable(fileName, `"${fileName}" is empty.`, 'Choose another file.')
  const foreign = foreignFormat(bytes)
  if (foreign) {
    throw unreadable(fileName, `"${fileName}" is ${foreign}, not a CSV file.`, 'Save it as "CSV UTF-8" and try again.')
  }
  const chosen = encoding ?? markedEncoding(bytes) ?? 'utf-8'
  const badLine = firstBadLine(bytes, chosen)
  if (badLine !== null) throw wrongEncoding(fileName, bytes, chosen, badLine)
  // The byte order mark goes with the decoding.
  const text = new TextDecoder(chosen, { fatal: true }).decode(bytes)
  const nul = text.indexOf('\0')
  if (nul !== -1) throw wrongEncoding(fileName, bytes, chosen, lineAt(text, nul))
  return { text, encoding: chosen }
}

/** Pasted text, already decoded: checked for size and content. @throws {DomainError} unreadable_file, invalid_input */
export function checkText(text: string, fileName: string): DecodedText {
  checkSize(Buffer.byteLength(text), fileName)
  if (text.trim() === '') throw unreadable(fileName, `"${fileName}" is empty.`, 'Paste some rows.')
  return { text: text.replace(/^\ufeff/, '').replaceAll('\0', ''), encoding: 'utf-8' }
}

function checkSize(bytes: number, fileName: string) {
  if (bytes <= IMPORT_LIMITS.bytes) return
  const mebibytes = (bytes / 1024 / 1024).toFixed(1)
  throw new DomainError(
    'invalid_input',
    `"${fileName}" has ${mebibytes} MiB; at most 20 MiB can be imported at once. Nothing was imported. Split the file and import the parts into the same batch.`,
    { bytes, limit: IMPORT_LIMITS.bytes },
  )
}

function markedEncoding(bytes: Buffer): CsvEncoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

function foreignFormat(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 8).toString('latin1')
  if (head.startsWith('PK\x03\x04')) return 'an Excel workbook or another ZIP archive'
  if (head.startsWith('\xd0\xcf\x11\xe0')) return 'an old Excel workbook (.xls)'
  if (head.startsWith('%PDF')) return 'a PDF document'
  return null
}

/** The first line with a byte that is not valid, counted from 1; null when all are valid. */
function firstBadLine(bytes: Buffer, encoding: CsvEncoding): number | null {
  if (encoding === 'utf-8' ? isUtf8(bytes) : decodes(bytes, encoding)) return null
  const unit = encoding.startsWith('utf-16') ? 2 : 1
  const lowByte = encoding === 'utf-16be' ? 1 : 0
  let line = 1
  let start = 0
  for (let i = 0; i + unit <= bytes.length; i += unit) {
    const newline = bytes[i + lowByte] === 0x0a && (unit === 1 || bytes[i + 1 - lowByte] === 0)
    if (!newline) continue
    if (!decodes(bytes.subarray(start, i + unit), encoding)) return line
    line += 1
    start = i + unit
  }
  return line
}

// The C1 controls stand for the five bytes that Windows-1252 leaves undefined: no text has them.
const UNDEFINED_BYTES = /[\u0081\u008d\u008f\u0090\u009d]/

function decodes(bytes: Buffer, encoding: CsvEncoding): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return !(encoding === 'windows-1252' && UNDEFINED_BYTES.test(text))
  } catch {
    return false
  }
}

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

function wrongEncoding(fileName: string, bytes: Buffer, encoding: CsvEncoding, line: number) {
  const suggestion = suggestEncoding(bytes, encoding)
  const advice = suggestion
    ? `Choose the encoding "${labelOf(suggestion)}", which it looks like, or save the file as "CSV UTF-8" and try again.`
    : 'Choose another encoding, or save the file as "CSV UTF-8" and try again.'
  return unreadable(fileName, `Line ${line} of "${fileName}" is not valid ${labelOf(encoding)}.`, advice, {
    line,
    encoding,
    suggestion,
  })
}

/** Another encoding that fits the file, by its NUL bytes or by statistics, and in which it decodes; else null. */
function suggestEncoding(bytes: Buffer, failed: CsvEncoding): CsvEncoding | null {
  const head = bytes.subarray(0, 1024)
  const evens = head.filter((byte, i) => byte === 0 && i % 2 === 0).length
  const odds = head.filter((byte, i) => byte === 0 && i % 2 === 1).length
  if (Math.max(evens, odds) > head.length / 5) {
    const wide: CsvEncoding = odds > evens ? 'utf-16le' : 'utf-16be'
    return wide === failed ? null : wide
  }
  const isSingle = (candidate: CsvEncoding) => candidate !== failed && !candidate.startsWith('utf-16')
  if (isSingle('utf-8') && isUtf8(bytes)) return 'utf-8'
  const guesses = chardet
    .analyse(bytes.subarray(0, 64 * 1024))
    .map(({ name }) => name.toLowerCase().replace('iso-8859-1', 'windows-1252'))
  const known = guesses.filter((name): name is CsvEncoding => CSV_ENCODINGS.some(({ value }) => value === name))
  // Statistics are weak on short lists, and files that are not UTF-8 mostly come from Windows.
  const likely: CsvEncoding[] = /^(shift_jis|gb18030|big5|euc-kr|windows-1251|koi8-r)$/.test(known[0] ?? '')
    ? [...known.slice(0, 1), 'windows-1252']
    : ['windows-1252', ...known]
  return likely.find((candidate) => isSingle(candidate) && decodes(bytes, candidate)) ?? null
}

const labelOf = (encoding: CsvEncoding) => CSV_ENCODINGS.find(({ value }) => value === encoding)?.label ?? encoding

const unreadable = (fileName: string, fact: string, advice: string, details: Record<string, unknown> = {}) =>
  new DomainError('unreadable_file', `${fact} Nothing was imported. ${advice}`, { fileName, ...details })
