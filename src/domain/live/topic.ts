import { isUuid } from '../uuid'

/** What a tab may ask to be told of: one campaign, the imports, the inbox, the mailboxes, or what people are told of. */
export type Topic = `campaign:${string}` | 'imports' | 'inbox' | 'mailboxes' | 'notifications'

const PLAIN: ReadonlySet<string> = new Set(['imports', 'inbox', 'mailboxes', 'notifications'])

/** The most that one tab may listen to; a page needs two. */
const MOST_TOPICS = 10

/** The topics of `inbox,campaign:<id>`, each once; null when one is unknown, or when there is none or too many. */
export function topicsOf(text: string | null): Topic[] | null {
  const names = [...new Set((text ?? '').split(','))]
  if (names.length > MOST_TOPICS || !names.every(isTopic)) return null
  return names
}

const isTopic = (name: string): name is Topic =>
  PLAIN.has(name) || (name.startsWith('campaign:') && isUuid(name.slice('campaign:'.length)))

/** The campaigns among the topics, by their ids. */
export const campaignsOf = (topics: readonly Topic[]): string[] =>
  topics.flatMap((topic) => (topic.startsWith('campaign:') ? [topic.slice('campaign:'.length)] : []))
