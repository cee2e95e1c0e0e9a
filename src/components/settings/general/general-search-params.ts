import { parseAsStringLiteral } from 'nuqs'

/** The field that the page opens at. */
export const generalParsers = { focus: parseAsStringLiteral(['postal-address'] as const) }
