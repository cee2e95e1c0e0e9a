import { createSerializer, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs'

/** What the address of the suppression list says. */
export const suppressionParsers = {
  kind: parseAsStringLiteral(['address', 'domain'] as const),
  search: parseAsString.withDefault(''),
  page: parseAsInteger.withDefault(1),
}

const serialize = createSerializer(suppressionParsers)

/** An address of the list; what stands at its default is left out. */
export const suppressionHref = (address: Parameters<typeof serialize>[1]) => serialize('/settings/suppression', address)
