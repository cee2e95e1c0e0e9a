import { DomainError } from '@/domain/errors'
import { CSV_ENCODINGS, type CsvEncoding } from '@/domain/lead/csv-encodings'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { decodeBytes, isForeign, linesOf } from './decode-bytes'
import { guessEncoding } from './guess-encoding'

/** `badLines`: those of a UTF-8 file that are not valid in it. They read as Windows-1252 here, and no lead is made of them. */
export type DecodedText = { text: string; encoding: CsvEncoding; badLines?: ReadonlySet<number> }

/**
 * The text of a file. Without `encoding`: that of the byte order mark, else UTF-8. Bytes that are not valid in it
 * refuse the file with the first such line, because a wrongly read name would be mailed as it is; a few lines of another
 * encoding in a UTF-8 file are told apart.
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
  // The byte order mark goes with the decoding.
  const text = decodeBytes(bytes, chosen)
  if (text === null) {
    const mixed = chosen === 'utf-8' ? decodeMixed(bytes) : null
    if (mixed) return mixed
    throw wrongEncoding(fileName, bytes, chosen, firstBadLine(bytes, chosen))
  }
  const nul = text.indexOf('\0')
  if (nul !== -1) throw wrongEncoding(fileName, bytes, chosen, lineAt(text, nul))
  return { text, encoding: chosen }
}

/**
 * A UTF-8 file into which lines of another one were copied: most lines with foreign letters are valid, the others are read
 * as Windows-1252, as a proposal. Null when it is no such file.
 */
function decodeMixed(bytes: Buffer): DecodedText | null {
  const badLines = new Set<number>()
  const parts: string[] = []
  let valid = 0
  for (const { line, bytes: part } of linesOf(bytes, 'utf-8')) {
    const text = decodeBytes(part, 'utf-8')
    if (text === null) badLines.add(line)
    else if (isForeign(part)) valid += 1
    parts.push(text ?? decodeBytes(part, 'windows-1252') ?? part.toString('latin1'))
  }
  if (valid <= badLines.size || bytes.includes(0)) return null
  return { text: parts.join('').replace(/^\ufeff/, ''), encoding: 'utf-8', badLines }
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

/** The first line with a byte that is not valid, counted from 1. */
function firstBadLine(bytes: Buffer, encoding: CsvEncoding): number {
  let last = 1
  for (const { line, bytes: part } of linesOf(bytes, encoding)) {
    if (decodeBytes(part, encoding) === null) return line
    last = line
  }
  return last
}

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

function wrongEncoding(fileName: string, bytes: Buffer, encoding: CsvEncoding, line: number) {
  const { suggestion, previews } = guessEncoding(bytes, encoding)
  const advice = suggestion
    ? `Choose the encoding "${labelOf(suggestion)}", which it looks like, or save the file as "CSV UTF-8" and try again.`
    : previews.length > 0
      ? 'Which encoding it has cannot be told for certain: choose the one in which the names read right, or save the file as "CSV UTF-8" and try again.'
      : 'Choose another encoding, or save the file as "CSV UTF-8" and try again.'
  const details = { line, encoding, suggestion, ...(suggestion ? {} : { previews }) }
  return unreadable(fileName, `Line ${line} of "${fileName}" is not valid ${labelOf(encoding)}.`, advice, details)
}

const labelOf = (encoding: CsvEncoding) => CSV_ENCODINGS.find(({ value }) => value === encoding)?.label ?? encoding

const unreadable = (fileName: string, fact: string, advice: string, details: Record<string, unknown> = {}) =>
  new DomainError('unreadable_file', `${fact} Nothing was imported. ${advice}`, { fileName, ...details })
