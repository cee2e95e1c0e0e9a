import { completeEntry, type NewEntry, putEntry } from '@/db/queries/audit/put-entry'
import type { Deps } from '@/deps'
import type { ActOutcome } from '@/domain/audit/acts'
import { shortText } from '@/domain/audit/recorded'

type Recording = Pick<Deps, 'sql'> & {
  clock: Pick<Deps['clock'], 'realNow'>
  log: { error: (fields: object, message: string) => void }
}
type Made = Omit<NewEntry, 'at' | 'outcome'>

/**
 * Writes that an act begins, before it does: none is ever done without its line. Returns how to say its end; where that cannot be
 * written, the line stays "begun", which says that the end is not known.
 */
export async function recordBeginning(
  { sql, clock, log }: Recording,
  act: Made,
): Promise<(outcome: Exclude<ActOutcome, 'begun'>) => Promise<void>> {
  const put = await putEntry(sql, { ...act, at: clock.realNow(), outcome: 'begun' })
  return async (outcome) => {
    if (!put) return
    await completeEntry(sql, { id: put.id, outcome }).catch((error: unknown) =>
      log.error({ err: error, entry: put.id }, 'the end of an act was not written'),
    )
  }
}

/** Writes an act that has ended already, such as a sign-in that was refused. */
export async function recordAct(
  { sql, clock }: Pick<Recording, 'sql' | 'clock'>,
  act: Made & { outcome: Exclude<ActOutcome, 'begun'> },
): Promise<void> {
  await putEntry(sql, { ...act, at: clock.realNow() })
}

/** An address as somebody typed it: what is none may be a password in the wrong field, and is not written down. */
export const typedAddress = (typed: unknown): string | null =>
  typeof typed === 'string' && /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(typed.trim()) ? shortText(typed) : null
