import 'server-only'
import type { Deps } from '@/deps'
import type { Topic } from '@/domain/live/topic'
import { getHealth, healthMark } from '@/use-cases/maintenance/get-health'
import { readMarks } from '@/use-cases/progress/read-marks'
import { getHealthLook } from './health'

/** What a tab is told: topics of which something has changed, or, with none, that all was looked at. */
export type News = { changed: Topic[] }

export type Listener = {
  /** Whose page it is. */
  userId: string
  topics: readonly Topic[]
  /** Hears of each look. False: it has not read what it was told before, and is told no more. */
  tell(news: News): boolean
  /** Nobody may listen any more, or the process ends. */
  end(): void
  /** Whether the person may still listen; asked now and then. */
  isAdmitted(): Promise<boolean>
}

const LOOK_EVERY_MS = 1_000
const ADMIT_EVERY_LOOKS = 5
// It tries the disk of the database each time.
const HEALTH_EVERY_LOOKS = 5
/** Tabs that one process tells; a browser has six connections to one place, and hidden tabs close theirs. */
export const MOST_LISTENERS = 500
/**
 * Of one person, so that nobody takes the places of all. Whoever has more pages in sight keeps those that listen: the newest asks
 * now and then instead, while one that is closed for it would come again and close another.
 */
export const MOST_OF_ONE = 20

/**
 * Tells the tabs of a process what has changed: one look a second for all of them, none while nobody listens. A look that fails is
 * told to nobody; screens then say themselves how old they are.
 */
export function createLive(deps: Deps) {
  const listeners = new Map<Listener, Map<Topic, string | undefined>>()
  let isLooking = false
  let looks = 0
  let health: string | undefined

  const markHealth = async () => {
    if (health === undefined || looks % HEALTH_EVERY_LOOKS === 0)
      health = healthMark(await getHealth(deps, getHealthLook()))
    return health
  }

  const look = async () => {
    try {
      const topics = [...new Set([...listeners.keys()].flatMap((one) => one.topics))]
      const marks = await marksOf(deps, topics)
      if (topics.includes('health')) marks.set('health', await markHealth())
      // Who is behind is ended, and reads anew when it comes again: what it has not read would be kept without an end.
      for (const [listener, known] of listeners)
        if (!listener.tell({ changed: changedOf(listener, known, marks) })) listener.end()
      if (looks++ % ADMIT_EVERY_LOOKS === 0) await dismiss()
    } catch (error) {
      deps.log.warn({ err: error }, 'nothing could be told to open pages')
    }
    isLooking = listeners.size > 0
    if (isLooking) setTimeout(() => void look(), LOOK_EVERY_MS).unref()
  }

  const dismiss = async () => {
    for (const listener of [...listeners.keys()]) if (!(await listener.isAdmitted())) listener.end()
  }

  return {
    /** Whether one more page is told, of this person. */
    hasRoom(userId: string): boolean {
      const own = [...listeners.keys()].filter((one) => one.userId === userId).length
      return listeners.size < MOST_LISTENERS && own < MOST_OF_ONE
    },
    /** Begins to tell a listener; the answer ends it. */
    listen(listener: Listener): () => void {
      listeners.set(listener, new Map())
      if (!isLooking) {
        isLooking = true
        setTimeout(() => void look(), 0).unref()
      }
      return () => void listeners.delete(listener)
    },
  }
}

/**
 * The marks of topics, on the primary and on the replica, which may show a change later: lists are read anew at both times. Where there is
 * no replica, or it may not be asked, its part is empty.
 */
async function marksOf(deps: Deps, topics: readonly Topic[]): Promise<Map<string, string>> {
  const marks = await readMarks(deps, topics)
  const shown = await deps.replica?.read(({ sql }) => readMarks({ sql }, topics))
  if (!shown) return marks
  const copies = 'answer' in shown ? shown.answer : undefined
  return new Map([...marks].map(([topic, mark]) => [topic, `${mark} ${copies?.get(topic) ?? ''}`]))
}

// The first look names all topics: what came between it and what the page has read is not known.
function changedOf(listener: Listener, known: Map<Topic, string | undefined>, marks: Map<string, string>): Topic[] {
  return listener.topics.filter((topic) => {
    const isSame = known.has(topic) && known.get(topic) === marks.get(topic)
    known.set(topic, marks.get(topic))
    return !isSame
  })
}

// Of the process; routes are bundled apart.
const shared = globalThis as typeof globalThis & { leadnexLive?: ReturnType<typeof createLive> }

/** The one of this web process. */
export function getLive(deps: Deps): ReturnType<typeof createLive> {
  shared.leadnexLive ??= createLive(deps)
  return shared.leadnexLive
}
