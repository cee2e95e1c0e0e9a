import { z } from 'zod'
import type { LeadDetail } from '../lead/fields'
import { LEAD_SOURCES, type LeadSourceName } from './criteria'

/** Settings of a source beside its key. */
export const sourceSettings = z.object({
  /** Google Places: days after which details that its terms forbid to keep are cleared from leads. */
  retentionDays: z.int().min(1).max(365).optional(),
})

/** Details of a lead that Google's terms allow to keep for a time only. */
export const GOOGLE_FIELDS_TO_CLEAR = [
  'companyName',
  'phone',
  'website',
  'industry',
  'city',
  'country',
] as const satisfies readonly LeadDetail[]

/** Google forbids to keep most of its content; 30 days is what it grants where it grants anything. */
export const DEFAULT_RETENTION_DAYS = 30

/** Input for a lead source. Its key is kept encrypted and never returned. */
export const sourceInput = z.object({
  source: z.enum(LEAD_SOURCES),
  enabled: z.boolean(),
  /** Absent leaves the stored one; null removes it. */
  apiKey: z
    .string()
    .trim()
    .min(1, 'The key is empty')
    .max(500)
    // It travels in a header.
    .regex(/^[\x21-\x7e]*$/, 'must be one word of plain characters')
    .nullish(),
  settings: sourceSettings.optional(),
})
export type SourceInput = z.infer<typeof sourceInput>

/** Terms of using a source, in plain words, for its card. */
export const SOURCE_TERMS: Record<LeadSourceName, string> = {
  apollo:
    'Searching is free. Each address costs a credit of your Apollo plan; people who were bought before are not bought again.',
  google_places:
    'Google charges for every page of 20 companies, and has no addresses: with Hunter on, it looks for people at each ' +
    'company. Google lets nobody store most of what it says. Leads keep its place id, and when it was fetched; what else ' +
    'came from Google (phone, website, trade, city, country, name) is cleared after the days set here.',
  hunter:
    'A domain costs a search credit for up to ten people, and an address that is not sure half a credit for its check. ' +
    'Discovering companies is free. You answer for having a reason to write to the people found.',
}
