export type InFlight = {
  /** Emails whose SMTP transaction has not ended. */
  readonly onTheWire: number
  /** Emails that are claimed and whose result is not recorded: what a worker that dies leaves in doubt. */
  readonly unrecorded: number
  /** What those take in memory, about. */
  readonly unrecordedBytes: number
  /** Takes a batch in: its SMTP transactions, the recording of their results, and its size. Neither may reject. */
  add(transactions: readonly Promise<unknown>[], recorded: Promise<unknown>, bytes: number): void
  /** Waits until `condition` holds; it is checked again whenever a transaction or a recording has ended. */
  until(condition: (inFlight: InFlight) => boolean): Promise<void>
}

/** Count of one mailbox's emails that are on their way. */
export function createInFlight(): InFlight {
  const count = { onTheWire: 0, unrecorded: 0, unrecordedBytes: 0 }
  let changed = Promise.withResolvers<void>()
  const less = (key: keyof typeof count, by: number) => {
    count[key] -= by
    changed.resolve()
    changed = Promise.withResolvers<void>()
  }
  const inFlight: InFlight = {
    get onTheWire() {
      return count.onTheWire
    },
    get unrecorded() {
      return count.unrecorded
    },
    get unrecordedBytes() {
      return count.unrecordedBytes
    },
    add(transactions, recorded, bytes) {
      count.unrecordedBytes += bytes
      count.onTheWire += transactions.length
      count.unrecorded += transactions.length
      for (const transaction of transactions) void transaction.then(() => less('onTheWire', 1))
      void recorded.then(() => {
        less('unrecordedBytes', bytes)
        less('unrecorded', transactions.length)
      })
    },
    async until(condition) {
      while (!condition(inFlight)) await changed.promise
    },
  }
  return inFlight
}
