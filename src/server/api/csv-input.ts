import { z } from 'zod'
import { CSV_DELIMITERS, CSV_ENCODINGS } from '@/domain/lead/csv-encodings'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'

// Base64 needs four characters for three bytes; a little more, so that the reader refuses a file with its own words.
const MAX_CHARACTERS = Math.ceil((IMPORT_LIMITS.bytes * 4) / 3) + 1024 * 1024

/** A file in a request: its bytes in base64, or pasted text. */
export const csvInput = {
  fileName: z.string().trim().min(1).max(255).default('pasted rows'),
  base64: z.string().max(MAX_CHARACTERS, 'The file is larger than 20 MiB. Nothing was imported. Split it.').optional(),
  text: z.string().max(MAX_CHARACTERS, 'The text is larger than 20 MiB. Nothing was imported. Split it.').optional(),
  encoding: z.enum(CSV_ENCODINGS.map(({ value }) => value)).optional(),
  delimiter: z.enum(CSV_DELIMITERS.map(({ value }) => value)).optional(),
  headerLine: z.int().min(0).max(100_000).optional(),
}

/** Exactly one of the two ways to give a file's content. */
export const hasOneContent = (input: { base64?: string | undefined; text?: string | undefined }) =>
  (input.base64 === undefined) !== (input.text === undefined)

export const ONE_CONTENT = { error: 'Give the content either as "base64" or as "text".' }
