/**
 * The rule that a resume follows in SQL, one lead at a time: its remaining emails move by exactly as much as the earliest is
 * overdue, so that the gaps between its steps hold. Emails that are not overdue stay. Milliseconds, never negative.
 */
export function resumeShift(remaining: readonly Date[], now: Date): number {
  if (remaining.length === 0) return 0
  const earliest = Math.min(...remaining.map((due) => due.getTime()))
  return Math.max(0, now.getTime() - earliest)
}
