import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'

/** What the address of the suppression list says. */
export const suppressionParsers = {
  kind: parseAsStringLiteral(['address', 'domain'] as const),
  search: parseAsString.withDefault(''),
  page: parseAsInteger.withDefault(1),
}
