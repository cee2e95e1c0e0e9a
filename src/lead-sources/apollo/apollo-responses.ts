import { z } from 'zod'
import { list, number, part, text, yes } from '../http/lenient-schema'

/** People without address or last name: what the free search answers. */
export const searchAnswer = z.object({
  total_entries: number,
  people: list(
    z.object({
      id: text,
      first_name: text,
      title: text,
      has_email: yes,
      organization: part(z.object({ name: text })),
    }),
  ),
})

const organization = z.object({
  name: text,
  website_url: text,
  primary_domain: text,
  industry: text,
  phone: text,
  sanitized_phone: text,
})

const person = z.object({
  id: z.string().min(1),
  first_name: text,
  last_name: text,
  name: text,
  title: text,
  email: text,
  email_status: text,
  extrapolated_email_confidence: number,
  city: text,
  country: text,
  linkedin_url: text,
  organization: part(organization),
})
export type Person = z.infer<typeof person>

/** Nobody matched: null entries, which `list` leaves out. `request_id` is no number that JSON can hold, and is not read. */
export const matchAnswer = z.object({ credits_consumed: number, matches: list(person) })

// [DESIGN] Apollo gives words; a lead has a figure.
const BY_STATUS: Record<string, number> = { verified: 95, 'likely to engage': 85, guessed: 50, unverified: 50 }

/** How sure Apollo is of an address, 0 to 100; null where it does not say. */
export function confidenceOf({ email_status: status, extrapolated_email_confidence: guess }: Person): number | null {
  if (status && status in BY_STATUS) return BY_STATUS[status] ?? null
  return guess === null ? null : Math.round(Math.min(1, Math.max(0, guess)) * 100)
}
