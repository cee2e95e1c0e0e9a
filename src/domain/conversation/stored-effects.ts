import { z } from 'zod'
import { LEAD_STATUSES } from '../lead/status'

/** What a received message did when it came, as it is kept beside the message. What is absent did not happen. */
export const storedEffects = z.object({
  /** The status that it gave the lead. */
  leadStatus: z.enum(LEAD_STATUSES).optional(),
  /** Planned emails that it skipped: of the lead, and of others at the same company. */
  skipped: z.int().min(0).optional(),
  companySkipped: z.int().min(0).optional(),
  /** The domain at which it has stopped the sequences of others, whether or not any was planned. */
  company: z.string().optional(),
  /** Planned emails that wait for the lead's return. */
  deferred: z.int().min(0).optional(),
  /** Addresses that it put on the suppression list. */
  suppressed: z.array(z.string()).optional(),
  /** Addresses that a server reports of: dead, or of somebody who complains. */
  reportedOf: z.array(z.string()).optional(),
  /** An email whose delivery was unknown is known to have left. */
  heldResolved: z.boolean().optional(),
  /** Nothing is sent to the lead until a person has decided. */
  asksPerson: z.boolean().optional(),
  /** What a server reported, in its own words. */
  said: z.string().optional(),
  /** It is the wish to stop of somebody else than the lead, and binds for them alone. */
  byOther: z.boolean().optional(),
  /** It reports of an email to several people, and names none of them. */
  unnamed: z.boolean().optional(),
})
export type StoredEffects = z.infer<typeof storedEffects>

/** The effects of a row; none where they were written in another shape. */
export const readEffects = (stored: unknown): StoredEffects => storedEffects.safeParse(stored).data ?? {}
