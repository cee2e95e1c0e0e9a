import { z } from 'zod'
import { isOffset, zoneNamed } from './timezone'

/** A time zone in input, stored by its present name. */
export const timezone = z
  .string()
  .max(100)
  .transform((value, context) => {
    const zone = zoneNamed(value)
    if (zone !== null) return zone
    context.addIssue({
      code: 'custom',
      message: isOffset(value)
        ? 'is an offset, which knows no summer time: name a place, such as Asia/Kolkata'
        : 'is not an IANA time zone, such as Europe/Berlin',
      input: value,
    })
    return z.NEVER
  })
