import { DAY_MS } from '../time/duration'

/**
 * Whether a copy of each sent email is put into Sent: where that is wanted, and the provider is known to file none by itself. As
 * long as it is not known, none is: two copies are worse than none.
 */
export const addsCopies = ({ appendsSent, filesSent }: { appendsSent: boolean; filesSent: boolean | null }): boolean =>
  appendsSent && filesSent === false

/** How long a copy waits first, in milliseconds: a provider that files after all is found to have done so by then. */
const COPY_WAIT_MS = 60_000

/** Which copies may be put into Sent now: those that have waited. Real time. */
export const copiesDueAt = (realNow: Date) => ({ realNow, acceptedBefore: new Date(realNow.getTime() - COPY_WAIT_MS) })

/** Copies that could not be put into Sent are given up after so many attempts, or when they are this old. */
export const MOST_COPY_ATTEMPTS = 5
export const COPY_KEPT_MS = 3 * DAY_MS

const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 3_600_000

/** When copies are tried again after `failures` in a row: in a minute, doubling, after an hour at most. Real time. */
export const nextCopyAt = (failures: number, realNow: Date): Date =>
  new Date(realNow.getTime() + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 30)))

/** A copy's date may lie this far from the claim of its email, in milliseconds: it is written before the server answers, and a queue may hold the email for a while. */
export const COPY_WITHIN_MS = 15 * 60_000

/**
 * How long after an email may have left its copy is missed, in milliseconds, at a provider that is known to put one into Sent within
 * minutes. Anywhere else a missing copy proves nothing.
 */
export const MISSED_AFTER_MS = 3_600_000
