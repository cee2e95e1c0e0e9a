import { createChanges } from '@/lib/changes'

export type InFlight = {
  /** Emails whose SMTP transaction has not ended. */
  readonly onTheWire: number
  /** Emails that are claimed and whose result is not recorded: what a worker that dies leaves in doubt. */
  readonly unrecorded: number
  /** What those of batches that are not recorded as a whole take in memory, about. */
  readonly unrecordedBytes: number
  /** True while one that began before this instant, in milliseconds, is unrecorded. */
  hasBegunBefore(at: number): boolean
  /** Takes in a batch that began at this instant, in milliseconds. None of its SMTP transactions may reject. */
  add(emails: readonly { outcome: Promise<unknown>; bytes: number }[], begunAt: number): BatchInFlight
  /** Waits until `condition` holds, at most so many milliseconds; it is checked again whenever something has ended. */
  until(condition: (inFlight: InFlight) => boolean, atMostMs?: number): Promise<void>
}

export type BatchInFlight = {
  /** The results of so many more of its emails are recorded. */
  recorded(emails: number): void
  /** No more of its results will be recorded. */
  over(): void
}

/** Count of one mailbox's emails that are on their way. */
export function createInFlight(): InFlight {
  let onTheWire = 0
  const batches = new Set<{ begunAt: number; bytes: number; unrecorded: number }>()
  const changes = createChanges()
  const inFlight: InFlight = {
    get onTheWire() {
      return onTheWire
    },
    get unrecorded() {
      let sum = 0
      for (const { unrecorded } of batches) sum += unrecorded
      return sum
    },
    get unrecordedBytes() {
      let sum = 0
      for (const { bytes } of batches) sum += bytes
      return sum
    },
    hasBegunBefore: (at) => [...batches].some(({ begunAt }) => begunAt < at),
    add(emails, begunAt) {
      const bytes = emails.reduce((sum, email) => sum + email.bytes, 0)
      const batch = { begunAt, bytes, unrecorded: emails.length }
      const record = (emails: number) => {
        batch.unrecorded -= emails
        if (batch.unrecorded <= 0) batches.delete(batch)
        changes.note()
      }
      batches.add(batch)
      record(0)
      onTheWire += emails.length
      for (const { outcome } of emails) {
        void outcome.then(() => {
          onTheWire--
          changes.note()
        })
      }
      return { recorded: record, over: () => record(batch.unrecorded) }
    },
    until: (condition, atMostMs) => changes.until(() => condition(inFlight), atMostMs),
  }
  return inFlight
}
