/**
 * How far a lead's remaining mails move at a resume: exactly as far as its earliest one is overdue, so that the gaps
 * between its steps hold and nothing leaves in a rush. Mails that are not overdue stay. Milliseconds, never negative.
 */
export function resumeShift(remaining: readonly Date[], now: Date): number {
  if (remaining.length === 0) return 0
  const earliest = Math.min(...remaining.map((due) => due.getTime()))
  return Math.max(0, now.getTime() - earliest)
}
