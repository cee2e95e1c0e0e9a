export type InFlight = {
  /** Mails whose dialogue has not ended. */
  readonly talking: number
  /** Mails that are claimed and whose result is not recorded: what a worker that dies leaves in doubt. */
  readonly unrecorded: number
  /** Takes a wave in: its dialogues, and the recording of their results. Neither may reject. */
  add(dialogues: readonly Promise<unknown>[], recorded: Promise<unknown>): void
  /** Waits until `condition` holds; asks again whenever a dialogue or a recording has ended. */
  until(condition: (inFlight: InFlight) => boolean): Promise<void>
}

/** Counts the mails of one mailbox that are on their way. */
export function createInFlight(): InFlight {
  const count = { talking: 0, unrecorded: 0 }
  let changed = Promise.withResolvers<void>()
  const less = (key: keyof typeof count, by: number) => {
    count[key] -= by
    changed.resolve()
    changed = Promise.withResolvers<void>()
  }
  const inFlight: InFlight = {
    get talking() {
      return count.talking
    },
    get unrecorded() {
      return count.unrecorded
    },
    add(dialogues, recorded) {
      count.talking += dialogues.length
      count.unrecorded += dialogues.length
      for (const dialogue of dialogues) void dialogue.then(() => less('talking', 1))
      void recorded.then(() => less('unrecorded', dialogues.length))
    },
    async until(condition) {
      while (!condition(inFlight)) await changed.promise
    },
  }
  return inFlight
}
