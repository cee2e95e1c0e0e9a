import { formatOf } from '@/components/ui/numbers'
import type { CampaignStatus, CampaignType } from '@/domain/campaign/state'
import type { Mailbox, Progress } from '../../api-types'

export type Why = {
  tone: 'info' | 'sent' | 'held' | 'failed'
  /** First the fact: "Nothing leaves before Mon 23 Nov 09:00 Europe/Berlin." */
  fact: string
  /** Then why, and what follows. */
  reason: string
  /** Where there is more to see or to do. */
  link: 'reasons' | 'mailboxes' | 'held' | 'runs' | 'sources' | null
}

export type Box = Pick<Mailbox, 'id' | 'timezone' | 'windowDays' | 'windowStartMinute' | 'windowEndMinute' | 'holidays'>

export type WhyFacts = {
  campaign: {
    type: CampaignType
    status: CampaignStatus
    statusReason: string | null
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

export const noWorker: Why = {
  tone: 'failed',
  fact: 'Nothing leaves: no worker is alive.',
  reason: 'What is planned stays planned, and goes on when a worker is started.',
  link: null,
}

/** A mailbox of the campaign that is stopped. */
export const troubled = ({ progress }: WhyFacts) => progress.mailboxes.find(({ health }) => health === 'stopped')
