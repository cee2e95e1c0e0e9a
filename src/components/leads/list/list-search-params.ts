import { createSerializer, parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'
import { LEAD_SORTS } from '@/domain/lead/sorts'
import { LEAD_STATUSES } from '@/domain/lead/status'

/** What the address of a list of leads says. */
export const leadListParsers = {
  search: parseAsString.withDefault(''),
  status: parseAsStringLiteral(LEAD_STATUSES),
  sort: parseAsStringLiteral(LEAD_SORTS).withDefault('created'),
  descending: parseAsBoolean.withDefault(true),
  page: parseAsInteger.withDefault(1),
}

const serialize = createSerializer(leadListParsers)

export type LeadListAddress = Parameters<typeof serialize>[1]

/** An address of the list at `path`; what stands at its default is left out. */
export const leadListHref = (path: string, address: LeadListAddress) => serialize(path, address)
