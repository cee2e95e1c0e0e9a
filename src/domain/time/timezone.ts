import { z } from 'zod'

/** True for a name of the IANA time zone database that this platform knows. */
export function isTimezone(value: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const timezone = z.string().refine(isTimezone, 'is not an IANA time zone, such as Europe/Berlin')
