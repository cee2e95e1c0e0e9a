import { counted } from '../../counted'
import { localDate } from '../../time/local-time'
import { type ChangedDay, createDays } from './effect'
import { leaveWithin, type PlannedEmail, type Room } from './leaving'

/** An email that waits to leave from the mailbox. */
export type WaitingEmail = PlannedEmail & { campaignId: string }

/** What other settings of a mailbox do to the emails of a campaign that wait to leave from it. */
export type MovedCampaign = {
  id: string
  emails: number
  /** Of those, how many leave on another day. */
  moved: number
  /** When the last of them leaves. */
  lastBefore: Date
  lastAfter: Date
}

/** What other settings of a mailbox do: nothing is planned anew, since windows and limits say when what is due may leave. */
export type MailboxEffect = {
  /** The zone of the mailbox as it would be: days are its days. */
  timezone: string
  campaigns: MovedCampaign[]
  days: ChangedDay[]
  /** The same as long as it is about the same settings and campaigns; they are saved only under the mark that was seen. */
  mark: string
}

/** `settings`: as they are and as they would be, in one line each. */
type Rooms = {
  before: Room<WaitingEmail>
  after: Room<WaitingEmail>
  timezone: string
  settings: { before: string; after: string }
}

const EMAILS_A_TURN = 500

/** Lays the emails that wait out under the settings as they are, and as they would be; in turns. `emails`: as `leaveWithin` has them. */
export function* effectOnWaiting(
  emails: readonly WaitingEmail[],
  { before, after, timezone, settings }: Rooms,
): Generator<undefined, MailboxEffect> {
  const days = createDays(timezone)
  const leaves = new Map<WaitingEmail, { at: Date; day: string }>()
  for (const [i, { email, at }] of (yield* leaveWithin(emails, before)).entries()) {
    if (i % EMAILS_A_TURN === 0) yield
    leaves.set(email, { at, day: days.add('before', at, email.step) })
  }
  const campaigns = new Map<string, MovedCampaign>()
  for (const [i, { email, at }] of (yield* leaveWithin(emails, after)).entries()) {
    if (i % EMAILS_A_TURN === 0) yield
    const day = days.add('after', at, email.step)
    const was = leaves.get(email) ?? { at, day }
    const known = campaigns.get(email.campaignId)
    campaigns.set(email.campaignId, {
      id: email.campaignId,
      emails: (known?.emails ?? 0) + 1,
      moved: (known?.moved ?? 0) + (was.day === day ? 0 : 1),
      lastBefore: later(known?.lastBefore, was.at),
      lastAfter: later(known?.lastAfter, at),
    })
  }
  const effect = { timezone, campaigns: [...campaigns.values()], days: days.list() }
  return { ...effect, mark: markOf(effect, settings) }
}

const later = (known: Date | undefined, at: Date): Date => (known && known > at ? known : at)

/**
 * What somebody agrees to who saves settings: these instead of those, for these campaigns. Not how many emails move: while a person reads
 * emails go on leaving, and by gaps that chance draws.
 */
const markOf = ({ campaigns }: Pick<MailboxEffect, 'campaigns'>, { before, after }: Rooms['settings']): string =>
  [before, after, ...campaigns.map(({ id }) => id).sort()].join(' ')

/** The effect on a campaign as its history says it. */
export function mailboxEffectInWords(
  { moved, lastBefore, lastAfter }: MovedCampaign,
  { address, timezone }: { address: string; timezone: string },
): string {
  const [was, is] = [localDate(lastBefore, timezone), localDate(lastAfter, timezone)]
  const last = was === is ? `the last on ${is} as before` : `the last on ${is} instead of ${was}`
  return `Settings of ${address} changed: ${counted(moved, 'email')} ${moved === 1 ? 'leaves on another day' : 'leave on other days'}, ${last}`
}
