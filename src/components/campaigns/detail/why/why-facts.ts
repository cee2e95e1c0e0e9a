import { formatOf } from '@/components/ui/numbers'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'
import type { Mailbox, Progress } from '../../api-types'
import { leadsWords, reasonWords } from '../../status/reason-text'

export type Why = {
  tone: 'info' | 'sent' | 'held' | 'failed'
  /** First the fact: "Nothing leaves before Mon 23 Nov 09:00 Europe/Berlin." */
  fact: string
  /** Then why, and what follows. */
  reason: string
  /** Where there is more to see or to do. */
  link: 'reasons' | 'mailboxes' | 'held' | 'runs' | 'sources' | 'failed' | 'template' | 'settings' | null
}

export type Box = Pick<
  Mailbox,
  'id' | 'timezone' | 'windowDays' | 'windowStartMinute' | 'windowEndMinute' | 'holidays'
> & {
  fromEmail?: string
  /** How its answers are read. */
  reader?: Pick<NonNullable<Mailbox['reader']>, 'health' | 'healthReason' | 'isTriedAgain'> | null
}

export type WhyFacts = {
  campaign: {
    type: CampaignType
    status: CampaignStatus
    statusReason: string | null
    /** The template for which it was paused. */
    templateAtFault?: { name: string } | null
    timezone: string
    scheduledStartAt: Date | null
  }
  progress: Progress
  /** The campaign's mailboxes with their windows; empty while they are not known. */
  mailboxes: readonly Box[]
  /** null: not known. */
  workerAlive: boolean | null
  now: Date
}

export const emails = (count: number) => formatOf(count, 'email')
export const wait = (count: number) => formatOf(count, 'email waits', 'emails wait')
export const sentence = (words: string) => (words === '' || /[.!?]$/.test(words) ? words : `${words}.`)
export const join = (...parts: (string | null)[]) => parts.filter(Boolean).join(' ')

/** "Ada Lead3: No value for city." */
export const whomWords = ({ lead, count, reason }: Progress['failures'][number]) =>
  `${leadsWords(lead, count)}: ${sentence(reasonWords(reason))}`

/** Emails that failed, by the reason of most of them, with one of their leads; null without any. */
export function failedWords({ ledger, failures }: Progress): string | null {
  const [most] = failures
  return most && ledger.failed > 0 ? join(`${emails(ledger.failed)} failed:`, whomWords(most)) : null
}

/** What brings a worker back: the whole app, where it is not running, or one more worker beside it. */
export const START_WORKER = 'npm start, or npm run worker beside a running app'

export const noWorker: Why = {
  tone: 'failed',
  fact: 'Nothing leaves: no worker is alive.',
  reason: `Start it: ${START_WORKER}. What is planned stays planned, and goes on by itself then.`,
  link: null,
}

/** A mailbox of the campaign that is stopped. */
export const troubled = ({ progress }: WhyFacts) => progress.mailboxes.find(({ health }) => health === 'stopped')

/** Why follow-ups wait for the answers of a mailbox that cannot be read; null where all can. */
export function unreadWords({ mailboxes }: WhyFacts): string | null {
  const unread = mailboxes.find(({ reader }) => reader && reader.health !== 'ready')
  if (!unread?.reader) return null
  const { health, healthReason, isTriedAgain } = unread.reader
  const whose = unread.fromEmail ? `Answers to ${unread.fromEmail}` : 'Answers'
  const follows =
    health === 'stopped'
      ? `Fix ${isTriedAgain ? 'it at the provider' : 'the mailbox'}, and follow-ups leave by themselves.`
      : 'It is tried again by itself.'
  return join(`${whose} cannot be read, so follow-ups wait.`, healthReason && sentence(healthReason), follows)
}
