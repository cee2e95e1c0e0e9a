import { parseAsString, parseAsStringLiteral } from 'nuqs'

/** The search parameters of the suppression list. */
export const suppressionParsers = {
  kind: parseAsStringLiteral(['address', 'domain'] as const),
  search: parseAsString.withDefault(''),
  /** The page: the entries after or before a place. */
  after: parseAsString,
  before: parseAsString,
}
