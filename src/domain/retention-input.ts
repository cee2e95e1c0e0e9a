import { z } from 'zod'
import { KEPT_BOUNDS, type KeptThing } from './retention'

const daysOf = (thing: KeptThing) => z.int().min(KEPT_BOUNDS[thing].least).max(KEPT_BOUNDS[thing].most)

/** Days for which things are kept; null: for ever. Those that are not given stay. For owners alone: what is deleted is gone. */
export const retentionInput = z.object({
  sentTextDays: daysOf('sentTextDays').nullable().optional(),
  conversationTextDays: daysOf('conversationTextDays').nullable().optional(),
  historyDays: daysOf('historyDays').nullable().optional(),
  requestDays: daysOf('requestDays').nullable().optional(),
  sandboxDays: daysOf('sandboxDays').nullable().optional(),
  sessionDays: daysOf('sessionDays').optional(),
})
export type RetentionInput = z.infer<typeof retentionInput>
