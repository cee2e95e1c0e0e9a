import { nextDayOpening, type SendingWindow } from '../time/window'
import type { Verdict } from './outcome'
import { coolDownUntil } from './retry'

export type MailboxFailure = Extract<Verdict, { kind: 'mailbox' }>

/** True when a send job may use the mailbox: it is not stopped, and its cool-down is over. */
export const isAvailable = (mailbox: { health: string; coolDownUntil: Date | null }, now: Date): boolean =>
  mailbox.health !== 'stopped' &&
  !(mailbox.health === 'cooling_down' && mailbox.coolDownUntil && now < mailbox.coolDownUntil)

/** Whether email from the mailbox leaves this machine: all does but what the sandbox inbox keeps. */
export const goesOut = ({ kind }: { kind: string }, sandbox: boolean): boolean => !(sandbox && kind === 'environment')

/** Whether a login to its server has succeeded. The sandbox inbox is this machine's own and needs none. */
export const isTested = (mailbox: { kind: string; testedAt: Date | null }, sandbox: boolean): boolean =>
  mailbox.testedAt !== null || !goesOut(mailbox, sandbox)

export type DegradedHealth =
  | { health: 'stopped'; coolDownUntil: null }
  | { health: 'cooling_down'; coolDownUntil: Date; troubleCount: number }

/**
 * Returns the health of a mailbox after a failure that follows `troubleCount` others in a row: stopped until its settings
 * change, cooling down for longer each time, or until the next day's window when the provider's daily limit is reached.
 */
export function healthAfter(
  action: MailboxFailure['action'],
  { troubleCount, window, now }: { troubleCount: number; window: SendingWindow; now: Date },
): DegradedHealth {
  if (action === 'stop') return { health: 'stopped', coolDownUntil: null }
  const failures = troubleCount + 1
  const until = action === 'next_day' ? nextDayOpening(window, now) : coolDownUntil(failures, now)
  return { health: 'cooling_down', coolDownUntil: until, troubleCount: failures }
}
