import { z } from 'zod'
import { flag, list, number, part, text } from '../http/lenient-schema'

/** People without address or last name, as the free search lists them. */
export const searchResponse = z.object({
  total_entries: number,
  people: list(
    z.object({
      id: text,
      first_name: text,
      title: text,
      has_email: flag,
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

/** People who were not found are null entries, which `list` leaves out. `request_id` is no number that JSON can hold, and is not read. */
export const matchResponse = z.object({ credits_consumed: number, matches: list(person) })

// [DESIGN] Apollo states a word; a lead has a figure.
const CONFIDENCE_BY_STATUS: Record<string, number> = {
  verified: 95,
  'likely to engage': 85,
  guessed: 50,
  unverified: 50,
}

/** Apollo's confidence in an address, 0 to 100; null where it states none. */
export function confidenceOf({ email_status: status, extrapolated_email_confidence: guess }: Person): number | null {
  if (status && status in CONFIDENCE_BY_STATUS) return CONFIDENCE_BY_STATUS[status] ?? null
  return guess === null ? null : Math.round(Math.min(1, Math.max(0, guess)) * 100)
}

export const healthResponse = z.object({ is_logged_in: z.boolean() })

export const usageResponse = z.object({
  credit_usage_stats: part(z.object({ lead_credit: part(z.object({ left_over: number })) })),
})

export const errorResponse = part(z.object({ error: text, message: text, error_message: text }))
