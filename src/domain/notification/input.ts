import { z } from 'zod'
import { NOTIFICATION_KINDS } from './kinds'

/** One notification, or all up to the newest that was seen. */
export const markReadInput = z.union([z.strictObject({ id: z.uuid() }), z.strictObject({ upTo: z.uuid() })])

/** How a person wants to be told of a kind. */
export const choiceInput = z.strictObject({
  kind: z.enum(NOTIFICATION_KINDS),
  inApp: z.boolean(),
  byEmail: z.boolean(),
})
