import { isUuid } from '../uuid'

/** Topics of which there is one each. `health`: of the installation. */
export const PLAIN_TOPICS = ['health', 'imports', 'inbox', 'mailboxes', 'mass_acts', 'notifications'] as const

/** What a tab may ask to be told of: one campaign, or what there is one of. */
export type Topic = `campaign:${string}` | (typeof PLAIN_TOPICS)[number]

const PLAIN_NAMES: ReadonlySet<string> = new Set(PLAIN_TOPICS)

/** The most that one tab may listen to; a page needs five. */
const MOST_TOPICS = 10

/** The topics of `inbox,campaign:<id>`, each once; null when one is unknown, or when there is none or too many. */
export function topicsOf(text: string | null): Topic[] | null {
  const names = [...new Set((text ?? '').split(','))]
  if (names.length > MOST_TOPICS || !names.every(isTopic)) return null
  return names
}

const isTopic = (name: string): name is Topic =>
  PLAIN_NAMES.has(name) || (name.startsWith('campaign:') && isUuid(name.slice('campaign:'.length)))

/** The campaigns among the topics, by their ids. */
export const campaignsOf = (topics: readonly Topic[]): string[] =>
  topics.flatMap((topic) => (topic.startsWith('campaign:') ? [topic.slice('campaign:'.length)] : []))
