import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { CsvEncoding } from '@/domain/lead/csv-encodings'

// Code pages of DOS, which the platform's decoder does not know. Each of their bytes has a character.
const OF_DOS: ReadonlySet<CsvEncoding> = new Set(['cp850', 'cp437', 'cp852'])
// C1 controls stand for bytes that a Windows or ISO code page leaves undefined: no text has them.
const UNDEFINED = /[\u0080-\u009f]/
const ONE_BYTE = /^(?:windows|iso|macintosh|koi8|ibm)/

// Made once for an encoding: making one costs more than a line.
const decoders = new Map<CsvEncoding, TextDecoder>()

function decoderOf(encoding: CsvEncoding): TextDecoder {
  const decoder = decoders.get(encoding) ?? new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  decoders.set(encoding, decoder)
  return decoder
}

/** The text of whole characters in an encoding, a byte order mark included; null when a byte is not valid in it. */
export function decodeBytes(bytes: Buffer, encoding: CsvEncoding): string | null {
  if (OF_DOS.has(encoding)) return iconv.decode(bytes, encoding)
  if (encoding === 'utf-8' && !isUtf8(bytes)) return null
  try {
    const text = decoderOf(encoding).decode(bytes)
    return ONE_BYTE.test(encoding) && UNDEFINED.test(text) ? null : text
  } catch {
    return null
  }
}

/** True for bytes beyond ASCII. */
export const isForeign = (bytes: Buffer): boolean => bytes.some((byte) => byte > 0x7f)
