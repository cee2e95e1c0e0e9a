import type { SmtpOutcome } from '@/domain/delivery/outcome'
import { createChanges } from '@/lib/changes'
import { createTurnaround } from '@/lib/turnaround'

export type InFlight = {
  /** Emails whose SMTP transaction has not ended. */
  readonly onTheWire: number
  /** Those of them whose connection is about to come free: by the time that a claim takes, as far as was measured lately. */
  readonly endingSoon: number
  /** Emails that are claimed and whose result is not recorded: what a worker that dies leaves in doubt. */
  readonly unrecorded: number
  /** What those of batches that are not recorded as a whole take in memory, about. */
  readonly unrecordedBytes: number
  /** True while one that began before this instant, in milliseconds, is unrecorded. */
  hasBegunBefore(at: number): boolean
  /** A claim has taken so many milliseconds. */
  noteClaim(ms: number): void
  /** Takes in a batch that began at this instant, in milliseconds. None of its SMTP transactions may reject. */
  add(emails: readonly { outcome: Promise<Pick<SmtpOutcome, 'kind'>>; bytes: number }[], begunAt: number): BatchInFlight
  /** Waits until `condition` holds, at most so many milliseconds; it is checked again whenever something has ended. */
  until(condition: (inFlight: InFlight) => boolean, atMostMs?: number): Promise<void>
}

export type BatchInFlight = {
  /** The results of so many more of its emails are recorded. */
  recorded(emails: number): void
  /** No more of its results will be recorded. */
  over(): void
}

type Batch = { begunAt: number; bytes: number; onTheWire: number; unrecorded: number }

/** Count of one mailbox's emails that are on their way. `now`: milliseconds of the machine's clock. */
export function createInFlight(now: () => number): InFlight {
  const turnaround = createTurnaround()
  let onTheWire = 0
  const batches = new Set<Batch>()
  const changes = createChanges()
  const inFlight: InFlight = {
    get onTheWire() {
      return onTheWire
    },
    get endingSoon() {
      let sum = 0
      for (const batch of batches) if (turnaround.endsSoon(batch.begunAt, now())) sum += batch.onTheWire
      return sum
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
    noteClaim: turnaround.noteClaim,
    hasBegunBefore: (at) => [...batches].some(({ begunAt }) => begunAt < at),
    add(emails, begunAt) {
      const bytes = emails.reduce((sum, email) => sum + email.bytes, 0)
      const batch: Batch = { begunAt, bytes, onTheWire: emails.length, unrecorded: emails.length }
      const claimInMs = turnaround.claimAt(begunAt) - now()
      const soon = Number.isFinite(claimInMs)
        ? setTimeout(changes.note, Math.max(0, Math.ceil(claimInMs)) + 1)
        : undefined
      const record = (emails: number) => {
        batch.unrecorded -= emails
        if (batch.unrecorded <= 0) {
          batches.delete(batch)
          clearTimeout(soon)
        }
        changes.note()
      }
      batches.add(batch)
      record(0)
      onTheWire += emails.length
      for (const { outcome } of emails) {
        void outcome.then(({ kind }) => {
          onTheWire--
          batch.onTheWire--
          if (kind !== 'not_begun') turnaround.noteBusy(now() - begunAt)
          changes.note()
        })
      }
      return { recorded: record, over: () => record(batch.unrecorded) }
    },
    until: (condition, atMostMs) => changes.until(() => condition(inFlight), atMostMs),
  }
  return inFlight
}
