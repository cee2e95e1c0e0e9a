import { type ConversationFacts, lastMessageAt } from './conversation'

// Two lines of a list.
const LENGTH = 200

/** The beginning of a message on one line, for lists. */
export const excerptOf = (text: string): string =>
  [
    ...text
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 2 * LENGTH),
  ]
    .slice(0, LENGTH)
    .join('')
    .trim()

/** What lists show of a conversation with this message, written at `at`; nothing of it where a later one is there. */
export function saidLast(
  before: ConversationFacts,
  { at, subject, text }: { at: Date; subject: string; text: string },
): { subject?: string; excerpt?: string } {
  const lastAt = lastMessageAt(before)
  return lastAt === null || at >= lastAt ? { subject, excerpt: excerptOf(text) } : {}
}
