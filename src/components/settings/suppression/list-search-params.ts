import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'

/** The search parameters of the suppression list. */
export const suppressionParsers = {
  kind: parseAsStringLiteral(['address', 'domain'] as const),
  search: parseAsString.withDefault(''),
  page: parseAsInteger.withDefault(1),
}
