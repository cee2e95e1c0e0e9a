import { z } from 'zod'
import { EMPTY_FOUND_LEAD, type FoundLead } from '@/domain/lead-generation/found-lead'
import { GOOGLE_FIELDS_TO_CLEAR } from '@/domain/lead-generation/source-settings'
import { optionalList, part, text } from '../http/lenient-schema'

const localised = part(z.object({ text }))
const place = z.object({
  id: z.string().min(1),
  displayName: localised,
  addressComponents: optionalList(z.object({ longText: text, types: optionalList(z.string()) })),
  nationalPhoneNumber: text,
  internationalPhoneNumber: text,
  websiteUri: text,
  primaryTypeDisplayName: localised,
  businessStatus: text,
})
type Place = z.infer<typeof place>

/** `{}` where nothing matched. */
export const searchResponse = z.object({ places: optionalList(place), nextPageToken: text })

/** A company as a found lead without an address. */
export function toCompany(place: Place): FoundLead {
  const component = (type: string) =>
    place.addressComponents.find(({ types }) => types.includes(type))?.longText ?? null
  const company = {
    companyName: place.displayName.text,
    phone: place.internationalPhoneNumber ?? place.nationalPhoneNumber,
    website: place.websiteUri,
    industry: place.primaryTypeDisplayName.text,
    city: component('locality') ?? component('postal_town'),
    country: component('country'),
  }
  const fieldsToClear = GOOGLE_FIELDS_TO_CLEAR.filter((field) => company[field] !== null)
  return { ...EMPTY_FOUND_LEAD, ...company, sourceRef: place.id, fieldsToClear }
}
