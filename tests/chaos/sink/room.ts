/** How many messages may be accepted, by number: whatever else is slow, no more are. */
export type Room = {
  /** Resolves once there is room for one more, which is then taken. */
  take(): Promise<void>
  upTo(count: number): void
}

/** Room without end until it is told a number. */
export function createRoom(): Room {
  let limit = Number.POSITIVE_INFINITY
  let taken = 0
  let waiting: (() => void)[] = []
  return {
    take: async () => {
      while (taken >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
      taken++
    },
    upTo: (count) => {
      limit = count
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
  }
}
