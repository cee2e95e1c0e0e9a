import { createChanges } from './changes'

// What belongs together is gathered: it goes on once there is so much of it, or so long after the first. Larger batches cost
// less, and nobody waits for the slowest.
export const ENOUGH_SHARE = 0.9
export const GATHER_MS = 100
// Most of those that are missing then come in the next moment: a group of one or two costs as much as one of many.
const REST_MS = 10

/** Yields the answers in groups, as they come. None of them may reject. */
export async function* inGroups<T>(answers: readonly Promise<T>[]): AsyncGenerator<T[]> {
  const changes = createChanges()
  let open = answers.length
  let group: T[] = []
  for (const answer of answers) {
    void answer.then((value) => {
      open--
      group.push(value)
      changes.note()
    })
  }
  while (open > 0 || group.length > 0) {
    await changes.until(() => group.length > 0)
    const enough = Math.ceil((open + group.length) * ENOUGH_SHARE)
    await changes.until(() => group.length >= enough, GATHER_MS)
    await changes.until(() => open === 0, REST_MS)
    const ready = group
    group = []
    yield ready
  }
}
