import { type ZodType, z } from 'zod'

// Responses are read leniently: unknown fields are ignored, a leaf that is null, missing or of another type becomes null, an
// entry of a list that is no object is left out. Only a missing main part makes a response unreadable.

const anything = z.unknown().optional()

/** Text without surrounding blanks, or null where there is none. */
export const text = anything.transform((value) => (typeof value === 'string' ? value.trim() || null : null))

/** A finite number, also one written as text, or null. */
export const number = anything.transform((value) => {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : null
})

/** True only for `true`. */
export const flag = anything.transform((value) => value === true)

/** A list that must be there (null is an empty one); entries that cannot be read are left out. */
export const list = <T>(entry: ZodType<T>) =>
  z
    .array(z.unknown())
    .nullable()
    .transform((values) => readAll(values, entry))

/** The same, where the list may be missing. */
export const optionalList = <T>(entry: ZodType<T>) =>
  anything.transform((value) => readAll(Array.isArray(value) ? value : [], entry))

/** A part that may be missing, null or of another type: its leaves are null then. */
export const part = <T>(schema: ZodType<T>) =>
  anything.transform((value) => {
    const read = schema.safeParse(value)
    return read.success ? read.data : schema.parse({})
  })

const readAll = <T>(values: unknown[] | null, entry: ZodType<T>): T[] =>
  (values ?? []).flatMap((value) => {
    const read = entry.safeParse(value)
    return read.success ? [read.data] : []
  })
