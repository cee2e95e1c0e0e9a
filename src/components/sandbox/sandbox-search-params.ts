import { parseAsString, parseAsStringLiteral } from 'nuqs'

/** The search parameters of the list. */
export const sandboxParsers = {
  search: parseAsString.withDefault(''),
  /** The page: the emails after or before a place. */
  after: parseAsString,
  before: parseAsString,
}

export const MESSAGE_VIEWS = ['text', 'html', 'headers', 'source'] as const
export type MessageView = (typeof MESSAGE_VIEWS)[number]

/** Which side of an email is shown. */
export const messageParsers = { view: parseAsStringLiteral(MESSAGE_VIEWS) }
