/** The last of those who wait, by what they wait for. */
const lines = new WeakMap<object, Map<string, Promise<unknown>>>()

/**
 * Calls `work` once everybody in this process who asked for the same turn before has ended. Whoever waits in the database
 * instead waits with a connection, and a few of them leave none for the others.
 */
export async function takeTurn<T>(of: object, turn: string, work: () => Promise<T>): Promise<T> {
  const line = lines.get(of) ?? new Map<string, Promise<unknown>>()
  lines.set(of, line)
  const mine = (line.get(turn) ?? Promise.resolve()).then(work)
  const ended = mine.catch(() => undefined)
  line.set(turn, ended)
  try {
    return await mine
  } finally {
    if (line.get(turn) === ended) line.delete(turn)
  }
}
