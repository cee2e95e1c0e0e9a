import { isAscii, isUtf8 } from 'node:buffer'
import { DomainError } from '@/domain/errors'
import { CSV_ENCODINGS, type CsvEncoding } from '@/domain/lead/csv-encodings'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { type Block, blocksOf, linesOf, piecesOf } from './csv-blocks'
import { bytesSource, type CsvSource, headOf } from './csv-source'
import { decodeBytes, isForeign } from './decode-bytes'
import { guessEncoding } from './guess-encoding'

export type CsvText = {
  encoding: CsvEncoding
  /** The first characters: by them delimiter, quotes and header are found. */
  head: string
  /** Lines of a UTF-8 file that are not valid in it. They read as Windows-1252 here, and no lead is made of them. */
  badLines: ReadonlySet<number>
  /** All of the text, piece by piece. The file is read for it anew. */
  read(): AsyncGenerator<string>
}

const HEAD_CHARACTERS = 256 * 1024
const FORMAT_BYTES = 8

/**
 * Reads a file once to find its encoding: the one that is chosen, else that of the byte order mark, else UTF-8. Bytes that
 * are not valid in it refuse the file with the first such line, because a wrongly read name would be mailed as it is; a few
 * lines of another encoding in a UTF-8 file are told apart.
 * @throws {DomainError} unreadable_file, invalid_input
 */
export async function openText(source: CsvSource, fileName: string, chosen?: CsvEncoding): Promise<CsvText> {
  checkSize(source.size, fileName)
  if (source.size === 0) throw unreadable(fileName, `"${fileName}" is empty.`, 'Choose another file.')
  const first = await headOf(source, FORMAT_BYTES)
  const foreign = foreignFormat(first)
  if (foreign) {
    throw unreadable(fileName, `"${fileName}" is ${foreign}, not a CSV file.`, 'Save it as "CSV UTF-8" and try again.')
  }
  const encoding = chosen ?? markedEncoding(first) ?? 'utf-8'
  const { head, badLines } = await examine(source, fileName, encoding)
  return { encoding, head, badLines, read: () => textsOf(source, fileName, encoding) }
}

/** Pasted text, already decoded: checked for size and content. @throws {DomainError} unreadable_file, invalid_input */
export function pastedSource(text: string, fileName: string): CsvSource {
  const source = bytesSource(Buffer.from(text.replaceAll('\0', '')))
  checkSize(source.size, fileName)
  if (text.trim() === '') throw unreadable(fileName, `"${fileName}" is empty.`, 'Paste some rows.')
  return source
}

async function examine(source: CsvSource, fileName: string, encoding: CsvEncoding) {
  const badLines = new Set<number>()
  let head = ''
  let validForeign = 0
  let nulLine: number | null = null
  for await (const block of blocksOf(source, encoding, fileName)) {
    for (const { valid, text, line, bytes } of decoded(block, encoding)) {
      if (!valid && encoding !== 'utf-8') throw await wrongEncoding(source, { fileName, encoding, line })
      if (!valid) badLines.add(line)
      else if (encoding === 'utf-8' && !isAscii(bytes)) validForeign += countForeign({ line, bytes })
      const nul = text.indexOf('\0')
      if (nul !== -1) nulLine ??= line + lineBreaks(text.slice(0, nul))
      if (head.length < HEAD_CHARACTERS) head += withoutMark(text, line)
    }
    // More than there may be rows: whatever the file is, no lead is made of it.
    if (badLines.size > IMPORT_LIMITS.rows) break
  }
  const isMixed = validForeign > badLines.size && badLines.size <= IMPORT_LIMITS.rows && nulLine === null
  const [firstBad = null] = badLines
  const fault = badLines.size > 0 && !isMixed ? firstBad : nulLine
  if (fault !== null) throw await wrongEncoding(source, { fileName, encoding, line: fault })
  return { head: head.slice(0, HEAD_CHARACTERS), badLines }
}

async function* textsOf(source: CsvSource, fileName: string, encoding: CsvEncoding): AsyncGenerator<string> {
  for await (const block of blocksOf(source, encoding, fileName)) {
    for (const { text, line } of decoded(block, encoding)) yield withoutMark(text, line)
  }
}

/** A block as text: whole where it is valid, else its single lines that are not apart, read as Windows-1252. */
function* decoded(block: Block, encoding: CsvEncoding): Generator<Block & { valid: boolean; text: string }> {
  const whole = decodeBytes(block.bytes, encoding)
  if (whole !== null) {
    yield { ...block, valid: true, text: whole }
    return
  }
  const isValid = (bytes: Buffer) => (encoding === 'utf-8' ? isUtf8(bytes) : decodeBytes(bytes, encoding) !== null)
  for (const piece of piecesOf(block, encoding, isValid)) {
    const text = decodeBytes(piece.bytes, piece.valid ? encoding : 'windows-1252') ?? piece.bytes.toString('latin1')
    yield { ...piece, text }
  }
}

function countForeign(block: Block): number {
  let count = 0
  for (const { bytes } of linesOf(block, 'utf-8')) if (isForeign(bytes)) count += 1
  return count
}

const lineBreaks = (text: string) => text.split('\n').length - 1

const withoutMark = (text: string, line: number) => (line === 1 ? text.replace(/^\ufeff/, '') : text)

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
  const head = bytes.toString('latin1')
  if (head.startsWith('PK\x03\x04')) return 'an Excel workbook or another ZIP archive'
  if (head.startsWith('\xd0\xcf\x11\xe0')) return 'an old Excel workbook (.xls)'
  if (head.startsWith('%PDF')) return 'a PDF document'
  return null
}

type Fault = { fileName: string; encoding: CsvEncoding; line: number }

async function wrongEncoding(source: CsvSource, { fileName, encoding, line }: Fault) {
  const { suggestion, previews } = await guessEncoding(source, encoding, fileName)
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
