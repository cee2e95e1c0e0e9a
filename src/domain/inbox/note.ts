export const NOTE_MAX = 10_000

/** The text of a note as it is kept, or what is wrong with it. */
export function readNote(text: string): { ok: true; text: string } | { ok: false; problem: string } {
  const read = text.replaceAll('\0', '').toWellFormed().trim()
  if (read === '') return { ok: false, problem: 'Enter what is to be noted.' }
  return read.length > NOTE_MAX ? { ok: false, problem: 'At most 10,000 characters.' } : { ok: true, text: read }
}
