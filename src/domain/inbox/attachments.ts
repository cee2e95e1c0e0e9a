import { z } from 'zod'

const storedAttachments = z.array(z.object({ filename: z.string().nullish(), bytes: z.number().nullish() }))

/** A part of a received message beside its text. `size` in bytes. */
export type Attachment = { name: string; size: number }

/** What a row keeps of the attachments of a message; none where it was written in another shape. */
export const readAttachments = (stored: unknown): Attachment[] =>
  (storedAttachments.safeParse(stored).data ?? []).map(({ filename, bytes }) => ({
    name: filename || 'without a name',
    size: bytes ?? 0,
  }))
