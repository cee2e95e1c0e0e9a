import { z } from 'zod'
import { NOTIFICATION_KINDS } from './kinds'

/** One notification, all up to the newest that was seen, or those of a conversation up to the latest message that was seen. */
export const markReadInput = z.union([
  z.strictObject({ id: z.uuid() }),
  z.strictObject({ upTo: z.uuid() }),
  z.strictObject({ conversationId: z.uuid(), seen: z.uuid() }),
])

/** How a person wants to be told of a kind. */
export const choiceInput = z.strictObject({
  kind: z.enum(NOTIFICATION_KINDS),
  inApp: z.boolean(),
  byEmail: z.boolean(),
})
