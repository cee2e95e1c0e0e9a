import { setImmediate } from 'node:timers/promises'

// What others wait at most for one turn, and what they hardly notice.
const TURN_MS = 10

export type Turns = {
  /** True once the turn has taken its time. */
  isOver(): boolean
  /** Lets everything else have its turn, and begins another. */
  pass(): Promise<void>
}

/** Divides long work of the processor into turns, so that requests, heartbeats and SMTP transactions go on meanwhile. */
export function createTurns(): Turns {
  let began = performance.now()
  return {
    isOver: () => performance.now() - began >= TURN_MS,
    pass: async () => {
      await setImmediate()
      began = performance.now()
    },
  }
}

/** Does work that comes in small pieces, and lets others have their turn between them. */
export async function inTurns<T>(work: Generator<undefined, T>): Promise<T> {
  const turns = createTurns()
  for (;;) {
    const piece = work.next()
    if (piece.done) return piece.value
    if (turns.isOver()) await turns.pass()
  }
}
