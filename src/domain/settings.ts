import { z } from 'zod'
import { singleLine } from './single-line'
import { timezone } from './time/timezone'

/** Installation-wide settings that the owner may change. */
export const settingsInput = z.object({
  companyName: singleLine(120).optional(),
  postalAddress: z.string().trim().max(500).optional(),
  defaultTimezone: timezone.optional(),
  maxAttempts: z.int().min(1).max(10).optional(),
  heldResolveAfterHours: z.int().min(0).max(720).optional(),
  heldResolution: z.enum(['delivered', 'again']).optional(),
})
export type SettingsInput = z.infer<typeof settingsInput>
