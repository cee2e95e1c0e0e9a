import { CircleCheck, CircleX, type LucideIcon, MailCheck, MailQuestionMark, MailX, TriangleAlert } from 'lucide-react'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { capacityOf, type Paced } from '@/domain/campaign/daily-capacity'
import type { ConnectionLimit } from '@/domain/delivery/connection-limit'
import type { Mailbox } from '../api-types'

type Health = { tone: 'sent' | 'held' | 'failed'; icon: LucideIcon; word: string; follows: string | null }

/** A mailbox's health in a word, and what follows from it. */
export function healthWords({
  health,
  tested,
  healthReason,
}: Pick<Mailbox, 'health' | 'tested' | 'healthReason'>): Health {
  if (health === 'stopped') {
    return {
      tone: 'failed',
      icon: CircleX,
      word: 'Stopped',
      follows:
        'Nothing leaves from it until its settings are saved again, or a test signs in where the sign-in was refused.',
    }
  }
  if (health === 'cooling_down') {
    return {
      tone: 'held',
      icon: TriangleAlert,
      word: 'Cooling down',
      follows: 'Then it tries again by itself. Planned emails wait and use up no attempt.',
    }
  }
  if (!tested) {
    return {
      tone: 'held',
      icon: TriangleAlert,
      word: healthReason ? 'Test failed' : 'Not tested yet',
      follows: 'It is ready once a test of its connection succeeds, or an email was sent.',
    }
  }
  return { tone: 'sent', icon: CircleCheck, word: 'Ready', follows: null }
}

type Reading = { tone: 'sent' | 'held' | 'failed' | 'neutral'; icon: LucideIcon; word: string; follows: string | null }

/** Whether answers to a mailbox are read, in a word, and what follows from it. The time of the last reading comes beside it. */
export function readingWords(
  reader: Pick<NonNullable<Mailbox['reader']>, 'health' | 'isTriedAgain' | 'lastReadAt'> | null,
): Reading {
  if (!reader) {
    const follows = 'Whoever answers gets the planned emails all the same. Switch on “Read answers”.'
    return { tone: 'neutral', icon: MailX, word: 'Replies are not read', follows }
  }
  if (reader.health === 'stopped') {
    const follows = reader.isTriedAgain
      ? 'Follow-ups wait. Once it is fixed at the provider, reading goes on by itself: it is tried again every hour, and at once when you test the connection.'
      : 'Follow-ups wait. Fix the settings under “Answers”; or, where the provider was at fault, fix it there and test the connection. Reading goes on by itself then.'
    return { tone: 'failed', icon: CircleX, word: 'Reading stopped', follows }
  }
  if (reader.health === 'cooling_down') {
    return { tone: 'held', icon: TriangleAlert, word: 'Reading pauses', follows: 'It is tried again by itself.' }
  }
  return reader.lastReadAt
    ? { tone: 'sent', icon: MailCheck, word: 'Last read', follows: null }
    : { tone: 'held', icon: MailQuestionMark, word: 'Not read yet', follows: null }
}

/** What follows where replies are sent to an address at which nothing is read. */
export const ELSEWHERE_FOLLOWS =
  'Whoever replies there gets the planned emails all the same. Add a mailbox that reads that address; or, where it arrives in this mailbox, enter it under “Further addresses”.'

/** Why fewer connections are used than are set. */
export function limitWords({ to, cause }: Pick<ConnectionLimit, 'to' | 'cause'>, set: number): string {
  const some = `${formatCount(to)} of ${formatOf(set, 'connection')}`
  return cause === 'refused'
    ? `The server lets us open ${some}. Emails leave over those.`
    : `The server is slow to answer, so emails leave over ${some}.`
}

/** Where email from this mailbox ends up, in words. In the sandbox, only the server that the app brings keeps email here. */
export function placeWords({ kind }: { kind: string }, sandbox: boolean) {
  if (kind !== 'environment') {
    return { name: 'Own server', hint: 'An email server that you enter below. Emails from here really go out.' }
  }
  return sandbox
    ? { name: 'Sandbox', hint: 'Emails stay on this machine and are shown under Sandbox.' }
    : { name: 'The server in SMTP_URL', hint: 'The mail server that this installation was started with.' }
}

/** "12 of 50", by limit or gap, or only the number where there is neither. */
export function usedWords({
  sentToday,
  limitToday,
  ...mailbox
}: Pick<Mailbox, 'sentToday'> & Partial<Pick<Mailbox, 'limitToday'>> & Paced): string {
  const { perDay } = capacityOf(limitToday === undefined ? mailbox : { ...mailbox, dailyLimit: limitToday })
  return perDay === null ? formatCount(sentToday) : `${formatCount(sentToday)} of ${formatCount(perDay)}`
}

/** "one a minute or slower": what the gap and its jitter mean. */
export function paceWords({ minGapSeconds, gapJitterSeconds }: Pick<Mailbox, 'minGapSeconds' | 'gapJitterSeconds'>) {
  if (minGapSeconds === 0 && gapJitterSeconds === 0) return 'no gap between two emails'
  const least = formatCount(minGapSeconds)
  return gapJitterSeconds === 0
    ? `at least ${least} s between two emails`
    : `${least} to ${formatCount(minGapSeconds + gapJitterSeconds)} s between two emails`
}

/** How a mailbox that begins slowly goes on; null once it sends as much as its daily limit allows, and without a ramp-up. */
export function rampWords({
  rampStep,
  limitToday,
  dailyLimit,
  rampEndsOn,
}: Pick<Mailbox, 'rampStep' | 'limitToday' | 'dailyLimit' | 'rampEndsOn'>): string | null {
  if (rampStep === null || limitToday === null || dailyLimit === null || limitToday >= dailyLimit) return null
  const end = rampEndsOn ? `, until ${formatCount(dailyLimit)} on ${rampEndsOn}` : ''
  return `Ramping up: ${formatCount(limitToday)} today, ${formatCount(rampStep)} more on each sending day${end}.`
}
