import { createSerializer, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'
import { CAMPAIGN_STATUSES, CAMPAIGN_TYPES } from '@/domain/campaign/state'

/** What the address of the list says. */
export const listParsers = {
  type: parseAsStringLiteral(CAMPAIGN_TYPES).withDefault('outreach'),
  status: parseAsStringLiteral(CAMPAIGN_STATUSES),
  search: parseAsString.withDefault(''),
  page: parseAsInteger.withDefault(1),
}

const serialize = createSerializer(listParsers)

type ListAddress = Parameters<typeof serialize>[1]

/** An address of the list; what stands at its default is left out. */
export const listHref = (address: ListAddress) => serialize('/campaigns', address)
