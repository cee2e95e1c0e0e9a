import type { Topic } from '@/domain/live/topic'

/** `live`: all was looked at within the last seconds. `off`: nobody tells, so that screens ask by themselves. */
export type LiveState = 'live' | 'off'

type Heard = { changed: Topic[] }
type Follower = {
  topics: readonly Topic[]
  hear: (changed: readonly Topic[]) => void
  turn: (state: LiveState) => void
}

// The server looks every second; so long after the last word it counts as silent.
const SILENT_MS = 6_000
// A server that was full or away may have room again.
const AGAIN_MS = 30_000

/**
 * The one stream of a tab: it listens to all that its parts follow, and is closed while nobody sees the tab, since a browser has few
 * connections to one place. Whoever follows asks by themselves where it does not come.
 */
function createLiveStream() {
  const followers = new Set<Follower>()
  let source: EventSource | null = null
  let listensTo = ''
  let silent: ReturnType<typeof setTimeout> | undefined

  const turn = (state: LiveState) => {
    for (const follower of followers) follower.turn(state)
  }

  function waitForWord() {
    clearTimeout(silent)
    silent = setTimeout(() => turn('off'), SILENT_MS)
  }

  function hear({ data }: MessageEvent<string>) {
    waitForWord()
    const { changed } = JSON.parse(data) as Heard
    turn('live')
    for (const follower of followers) {
      const mine = follower.topics.filter((topic) => changed.includes(topic))
      if (mine.length > 0) follower.hear(mine)
    }
  }

  function close() {
    clearTimeout(silent)
    source?.close()
    source = null
    listensTo = ''
  }

  /** Opens the stream anew where other topics are followed than it listens to. */
  function renew() {
    const topics = document.hidden ? '' : [...new Set([...followers].flatMap((one) => one.topics))].sort().join(',')
    if (topics === listensTo) return
    close()
    if (topics === '') return turn('off')
    listensTo = topics
    source = new EventSource(`/api/live?topics=${encodeURIComponent(topics)}`)
    waitForWord()
    source.onmessage = hear
    source.onerror = ({ target }) => {
      turn('off')
      // It comes again by itself, unless the server has refused it.
      if (target !== source || source?.readyState !== EventSource.CLOSED) return
      close()
      setTimeout(renewSoon, AGAIN_MS)
    }
  }

  // Parts of one page come together: one stream, not one after the other.
  let waiting = false
  const renewSoon = () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      renew()
    }, 50)
  }
  document.addEventListener('visibilitychange', renewSoon)

  return {
    follow(follower: Follower): () => void {
      followers.add(follower)
      renewSoon()
      return () => {
        followers.delete(follower)
        renewSoon()
      }
    },
  }
}

/** The one of this tab. */
export const liveStream = createLiveStream()
