import { z } from 'zod'
import type { CsvInput } from '@/csv/csv-file'
import { DomainError } from '@/domain/errors'
import { CSV_DELIMITERS, CSV_ENCODINGS } from '@/domain/lead/csv-encodings'
import type { Context, SignedInUser } from './context'

// As much as fits into a call, whatever characters it has; more is sent as a file.
const MAX_CHARACTERS = 250_000
const TOO_LONG = 'This text is too long for a call. Nothing was imported. Send it as a file.'

/** A file in a request: one that was sent before, by its id, or pasted text. */
export const csvInput = {
  fileName: z.string().trim().min(1).max(255).default('pasted rows'),
  uploadId: z.uuid().optional(),
  text: z.string().max(MAX_CHARACTERS, TOO_LONG).optional(),
  encoding: z.enum(CSV_ENCODINGS.map(({ value }) => value)).optional(),
  delimiter: z.enum(CSV_DELIMITERS.map(({ value }) => value)).optional(),
  headerLine: z.int().min(0).max(100_000).optional(),
}

type Content = { uploadId?: string | undefined; text?: string | undefined }

/** Exactly one of the two ways to give a file's content. */
export const hasOneContent = ({ uploadId, text }: Content) => (uploadId === undefined) !== (text === undefined)

export const ONE_CONTENT = { error: 'Give the content either as "uploadId" or as "text".' }

/** The content of the file, to be read. @throws {DomainError} not_found when this person has sent none by this id, or long ago */
export async function contentOf(
  { deps: { uploads, clock }, user }: Context & { user: SignedInUser },
  { uploadId, text }: Content,
): Promise<Pick<CsvInput, 'source' | 'text'>> {
  if (uploadId === undefined) return { text }
  const source = await uploads.open(uploadId, { owner: user.id, at: clock.realNow() })
  if (source) return { source }
  throw new DomainError('not_found', 'This file is kept no longer. Nothing was imported. Choose it again.', {
    uploadId,
  })
}
