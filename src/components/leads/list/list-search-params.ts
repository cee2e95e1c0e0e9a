import { createParser, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs'
import { LEAD_SORTS } from '@/domain/lead/sorts'
import { LEAD_STATUSES } from '@/domain/lead/status'
import { isUuid } from '@/domain/uuid'

const DAY = /^[12]\d{3}-\d\d-\d\d$/
const isDay = (text: string) => DAY.test(text) && new Date(text).toJSON()?.startsWith(text)
/** A text that is there only where it is one of these. */
const parseAs = (isOne: (text: string) => boolean | undefined) =>
  createParser({ parse: (text) => (isOne(text) ? text : null), serialize: (text) => text })

/** The search parameters of a list of leads. */
export const leadListParsers = {
  search: parseAsString.withDefault(''),
  status: parseAsStringLiteral(LEAD_STATUSES),
  batch: parseAs(isUuid),
  source: parseAs((text) => text !== '' && text.length <= 60),
  addedFrom: parseAs(isDay),
  addedTo: parseAs(isDay),
  sort: parseAsStringLiteral(LEAD_SORTS).withDefault('created'),
  descending: parseAsBoolean.withDefault(true),
  /** The page: the rows after or before a place. */
  after: parseAsString,
  before: parseAsString,
}
