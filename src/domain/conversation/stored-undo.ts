import { z } from 'zod'
import { LEAD_STATUSES } from '../lead/status'

const status = z.enum(LEAD_STATUSES)

/** What takes back what a message did, as it is kept beside the message. */
export const storedUndo = z.object({
  /** The status that it gave the lead, and the one before. */
  leadStatus: z.object({ from: status, to: status }).optional(),
  /** Planned emails that it skipped, of whomever. */
  skipped: z.array(z.uuid()).optional(),
  /** Planned emails that it put off, with the time before. */
  deferred: z.array(z.object({ id: z.uuid(), at: z.coerce.date() })).optional(),
  /** Until when the lead was away before, and since. */
  away: z.object({ from: z.coerce.date().nullable(), to: z.coerce.date() }).optional(),
  /** Addresses that it put on the suppression list. */
  suppressed: z.array(z.string()).optional(),
  /** The hour in which it counts as a bounce. */
  bounceAt: z.coerce.date().optional(),
})
export type StoredUndo = z.infer<typeof storedUndo>

/** What a row keeps; nothing where it was written in another shape. */
export const readUndo = (stored: unknown): StoredUndo => storedUndo.safeParse(stored).data ?? {}

/** What two messages did, to be taken back as one: the status before the first of them, and all that was skipped and put off. */
export function joinedUndo(first: StoredUndo, second: StoredUndo): StoredUndo {
  const leadStatus =
    first.leadStatus && second.leadStatus
      ? { from: first.leadStatus.from, to: second.leadStatus.to }
      : (first.leadStatus ?? second.leadStatus)
  const away = first.away && second.away ? { from: first.away.from, to: second.away.to } : (first.away ?? second.away)
  const deferred = [...(first.deferred ?? []), ...(second.deferred ?? [])]
  return {
    leadStatus,
    away,
    skipped: [...(first.skipped ?? []), ...(second.skipped ?? [])],
    deferred: deferred.filter(({ id }, i) => deferred.findIndex((one) => one.id === id) === i),
    suppressed: [...(first.suppressed ?? []), ...(second.suppressed ?? [])],
    bounceAt: second.bounceAt,
  }
}
