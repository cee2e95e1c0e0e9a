import { DomainError } from '@/domain/errors'
import type { CsvEncoding } from '@/domain/lead/csv-encodings'
import type { CsvSource } from './csv-source'

/** Whole lines of a file, and the number of the first of them, counted from 1. */
export type Block = { line: number; bytes: Buffer }

// Longer than any record that is read, in whatever encoding.
const LONGEST_LINE = 4 * 1024 * 1024
const LF = 0x0a
const CR = 0x0d

const isWide = (encoding: CsvEncoding) => encoding.startsWith('utf-16')

/** Whether a character begins at `i`. */
function isAt(bytes: Buffer, i: number, character: number, encoding: CsvEncoding): boolean {
  if (!isWide(encoding)) return bytes[i] === character
  const low = encoding === 'utf-16be' ? 1 : 0
  return bytes[i + low] === character && bytes[i + 1 - low] === 0
}

/** Where the first line that begins after `from` begins; -1 without any. */
function lineStartAfter(bytes: Buffer, from: number, encoding: CsvEncoding): number {
  if (!isWide(encoding)) return bytes.indexOf(LF, from) + 1 || -1
  for (let i = from - (from % 2); i + 2 <= bytes.length; i += 2) if (isAt(bytes, i, LF, encoding)) return i + 2
  return -1
}

/** The end of the last line that is whole. Old files part their lines by CR alone. */
function endOfLines(bytes: Buffer, encoding: CsvEncoding): number {
  if (!isWide(encoding)) return Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1
  for (let i = bytes.length - (bytes.length % 2) - 2; i >= 0; i -= 2) {
    if (isAt(bytes, i, LF, encoding) || isAt(bytes, i, CR, encoding)) return i + 2
  }
  return 0
}

/** The number of lines that end in these bytes. */
function countLines(bytes: Buffer, encoding: CsvEncoding): number {
  let count = 0
  for (let at = lineStartAfter(bytes, 0, encoding); at !== -1; at = lineStartAfter(bytes, at, encoding)) count += 1
  return count
}

/**
 * The lines of a file in pieces of some kilobytes, as it is read. No character is cut.
 * @throws {DomainError} unreadable_file where a line is longer than any record may be
 */
export async function* blocksOf(source: CsvSource, encoding: CsvEncoding, fileName: string): AsyncGenerator<Block> {
  let rest = Buffer.alloc(0)
  let line = 1
  for await (const piece of source.read()) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece
    const end = endOfLines(bytes, encoding)
    if (end > 0) {
      const block = bytes.subarray(0, end)
      yield { line, bytes: block }
      line += countLines(block, encoding)
    }
    rest = Buffer.from(bytes.subarray(end))
    if (rest.length > LONGEST_LINE) throw tooLong(fileName, line)
  }
  if (rest.length > 0) yield { line, bytes: rest }
}

/** The single lines of a block. */
export function* linesOf({ line, bytes }: Block, encoding: CsvEncoding): Generator<Block> {
  let start = 0
  let number = line
  while (start < bytes.length) {
    const next = lineStartAfter(bytes, start, encoding)
    const end = next === -1 ? bytes.length : next
    yield { line: number, bytes: bytes.subarray(start, end) }
    number += 1
    start = end
  }
}

/**
 * A block in pieces that are valid, and single lines that are not. It is halved until they are found: a look at each line by
 * itself would take seconds in a file of short ones.
 */
export function* piecesOf(
  block: Block,
  encoding: CsvEncoding,
  isValid: (bytes: Buffer) => boolean,
): Generator<Block & { valid: boolean }> {
  const { line, bytes } = block
  if (isValid(bytes)) {
    yield { ...block, valid: true }
    return
  }
  const half = Math.floor(bytes.length / 2)
  const later = lineStartAfter(bytes, half, encoding)
  // All of the later half may be one line; then the cut is where that begins.
  const cut = later === -1 || later === bytes.length ? lastLineStart(bytes, encoding) : later
  if (cut <= 0) {
    yield { ...block, valid: false }
    return
  }
  const first = bytes.subarray(0, cut)
  yield* piecesOf({ line, bytes: first }, encoding, isValid)
  yield* piecesOf({ line: line + countLines(first, encoding), bytes: bytes.subarray(cut) }, encoding, isValid)
}

/** Where the last line begins; 0 where there is but one. */
function lastLineStart(bytes: Buffer, encoding: CsvEncoding): number {
  const width = isWide(encoding) ? 2 : 1
  // The end of the last line begins none.
  for (let i = bytes.length - (bytes.length % width) - 2 * width; i >= 0; i -= width) {
    if (isAt(bytes, i, LF, encoding)) return i + width
  }
  return 0
}

const tooLong = (fileName: string, line: number) =>
  new DomainError(
    'unreadable_file',
    `Line ${line} of "${fileName}" is longer than a record may be. Nothing was imported. Check that the file holds rows of text, and that each quote is closed.`,
    { fileName, line },
  )
