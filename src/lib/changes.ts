/** Lets others wait for what changes here. */
export type Changes = {
  /** Something has changed: those who wait look again. */
  note(): void
  /** Waits until `isTrue`, which is asked again after each change, or at most so many milliseconds. */
  until(isTrue: () => boolean, atMostMs?: number): Promise<void>
}

export function createChanges(): Changes {
  let next = Promise.withResolvers<void>()
  return {
    note: () => {
      next.resolve()
      next = Promise.withResolvers()
    },
    async until(isTrue, atMostMs) {
      if (isTrue()) return
      let isOver = false
      const over = Promise.withResolvers<void>()
      const timer =
        atMostMs === undefined
          ? undefined
          : setTimeout(() => {
              isOver = true
              over.resolve()
            }, atMostMs)
      while (!isOver && !isTrue()) await Promise.race([next.promise, over.promise])
      clearTimeout(timer)
    },
  }
}
