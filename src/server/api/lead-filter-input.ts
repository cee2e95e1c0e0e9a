import { z } from 'zod'
import { LEAD_STATUSES } from '@/domain/lead/status'

/** Days that the database knows. */
const day = z.iso.date().refine((text) => text >= '1000', 'A day from the year 1000 on.')

/** Where leads came from, and the days, in UTC, on which they were added. */
export const leadOriginInput = {
  source: z.string().trim().min(1).max(60).optional(),
  addedFrom: day.optional(),
  addedTo: day.optional(),
}

/** Which leads a list shows. */
export const leadFilterInput = {
  search: z.string().trim().max(200).optional(),
  statuses: z.array(z.enum(LEAD_STATUSES)).max(LEAD_STATUSES.length).optional(),
  ...leadOriginInput,
}
