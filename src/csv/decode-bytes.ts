import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { CsvEncoding } from '@/domain/lead/csv-encodings'

// Code pages of DOS, which the platform's decoder does not know. Each of their bytes has a character.
const OF_DOS: ReadonlySet<CsvEncoding> = new Set(['cp850', 'cp437', 'cp852'])
// C1 controls stand for bytes that a Windows or ISO code page leaves undefined: no text has them.
const UNDEFINED = /[\u0080-\u009f]/
const ONE_BYTE = /^(?:windows|iso|macintosh|koi8|ibm)/

/** The text of bytes in an encoding, without its byte order mark; null when a byte is not valid in it. */
export function decodeBytes(bytes: Buffer, encoding: CsvEncoding): string | null {
  if (OF_DOS.has(encoding)) return iconv.decode(bytes, encoding)
  if (encoding === 'utf-8' && !isUtf8(bytes)) return null
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return ONE_BYTE.test(encoding) && UNDEFINED.test(text) ? null : text
  } catch {
    return null
  }
}

/** The lines of a file as bytes, each with its line end, counted from 1. */
export function* linesOf(bytes: Buffer, encoding: CsvEncoding): Generator<{ line: number; bytes: Buffer }> {
  const unit = encoding.startsWith('utf-16') ? 2 : 1
  const lowByte = encoding === 'utf-16be' ? 1 : 0
  let line = 1
  let start = 0
  for (let i = 0; i + unit <= bytes.length; i += unit) {
    const newline = bytes[i + lowByte] === 0x0a && (unit === 1 || bytes[i + 1 - lowByte] === 0)
    if (!newline) continue
    yield { line, bytes: bytes.subarray(start, i + unit) }
    line += 1
    start = i + unit
  }
  if (start < bytes.length) yield { line, bytes: bytes.subarray(start) }
}

/** True for bytes beyond ASCII. */
export const isForeign = (bytes: Buffer): boolean => bytes.some((byte) => byte > 0x7f)
