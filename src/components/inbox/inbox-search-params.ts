import { parseAsString, parseAsStringLiteral } from 'nuqs'
import { SCOPES } from '@/domain/inbox/conversation'

/** The search parameters of the inbox: which list, narrowed by what, and which conversation is open. */
export const inboxParsers = {
  scope: parseAsStringLiteral(SCOPES).withDefault('open'),
  mailbox: parseAsString,
  campaign: parseAsString,
  /** "me", "nobody", or the id of a person. */
  person: parseAsString,
  search: parseAsString.withDefault(''),
  after: parseAsString,
  before: parseAsString,
  id: parseAsString,
}
