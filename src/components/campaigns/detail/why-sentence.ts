import { formatCount, formatOf } from '@/components/ui/numbers'
import type { CampaignStatus } from '@/domain/campaign/state'
import { isOpen } from '@/domain/campaign/window'
import type { Mailbox, Progress } from '../api-types'
import { reasonWords } from '../reason-words'
import { momentWords, windowWords } from '../time-words'

export type Why = {
  tone: 'info' | 'sent' | 'held' | 'failed'
  /** First the fact: "Nothing leaves before Mon 23 Nov 09:00 Europe/Berlin." */
  fact: string
  /** Then why, and what follows. */
  reason: string
  /** Where there is more to see or to do. */
  lead: 'reasons' | 'mailboxes' | 'held' | null
}

type Box = Pick<Mailbox, 'id' | 'timezone' | 'windowDays' | 'windowStartMinute' | 'windowEndMinute' | 'holidays'>

export type WhyFacts = {
  campaign: { status: CampaignStatus; statusReason: string | null; timezone: string; scheduledStartAt: Date | null }
  progress: Progress
  /** The campaign's mailboxes with their windows; empty while they are not known. */
  mailboxes: readonly Box[]
  /** null: not known. */
  workerAlive: boolean | null
  now: Date
}

const mails = (count: number) => formatOf(count, 'mail')
const wait = (count: number) => `${mails(count)} ${count === 1 ? 'waits' : 'wait'}`
const sentence = (words: string) => (words === '' || /[.!?]$/.test(words) ? words : `${words}.`)
const join = (...parts: (string | null)[]) => parts.filter(Boolean).join(' ')

/** "Why isn't it sending?", answered for every state a campaign can be in. */
export function whySentence(facts: WhyFacts): Why {
  const { campaign, progress } = facts
  const { ledger } = progress
  switch (campaign.status) {
    case 'draft':
      return {
        tone: 'info',
        fact: 'Nothing leaves: this is a draft.',
        reason: 'Start it when it is ready.',
        lead: null,
      }
    case 'scheduled':
      return whyScheduled(facts)
    case 'paused':
      return {
        tone: 'held',
        fact: 'Nothing leaves: the campaign is paused.',
        reason: join(
          campaign.statusReason && sentence(`Reason: ${campaign.statusReason}`),
          `${wait(ledger.pending)}. Resume shows first what will move.`,
        ),
        lead: null,
      }
    case 'failed':
      return {
        tone: 'failed',
        fact: 'Nothing leaves: the campaign failed.',
        reason: join(
          sentence(campaign.statusReason ?? ''),
          ledger.pending > 0 ? `${mails(ledger.pending)} stay planned, and its batches are free.` : null,
          'Mend the cause, then resume.',
        ),
        lead: troubled(facts) ? 'mailboxes' : null,
      }
    case 'completed':
      return whyCompleted(facts)
    case 'running':
      return whyRunning(facts)
  }
}

function whyScheduled({ campaign: { scheduledStartAt: at, timezone }, workerAlive, now }: WhyFacts): Why {
  if (at && at > now) {
    const fact = `Nothing leaves before ${momentWords(at, timezone, now)}.`
    return {
      tone: 'info',
      fact,
      reason: 'It starts by itself then; leads are counted and mails planned at that moment.',
      lead: null,
    }
  }
  if (workerAlive === false) return noWorker
  return {
    tone: 'info',
    fact: 'It is about to start.',
    reason: 'Its time has come; the start takes up to a minute.',
    lead: null,
  }
}

function whyCompleted({ campaign, progress: { ledger } }: WhyFacts): Why {
  const held = ledger.held > 0 ? `${mails(ledger.held)} of unknown delivery can still be decided.` : null
  if (ledger.cancelled > 0 || campaign.statusReason) {
    const cancelled =
      ledger.cancelled > 0
        ? `${mails(ledger.cancelled)} that had not left ${ledger.cancelled === 1 ? 'was' : 'were'} cancelled.`
        : null
    return {
      tone: 'info',
      fact: 'Nothing leaves any more: the campaign was stopped.',
      reason: join(cancelled, held),
      lead: null,
    }
  }
  const failed = ledger.failed > 0 ? ` ${formatCount(ledger.failed)} failed and can be retried.` : ''
  return {
    tone: 'sent',
    fact: 'Every planned mail has its outcome.',
    reason: join(`${formatCount(ledger.sent)} of ${mails(ledger.planned)} were sent.${failed}`, held),
    lead: null,
  }
}

const noWorker: Why = {
  tone: 'failed',
  fact: 'Nothing leaves: no worker is alive.',
  reason: 'What is planned stays planned, and goes on when a worker is started.',
  lead: null,
}

function whyRunning(facts: WhyFacts): Why {
  const { progress, workerAlive } = facts
  const { ledger, next } = progress
  if (workerAlive === false && ledger.pending + ledger.sending > 0) return noWorker
  if (ledger.sending > 0 && !next)
    return {
      tone: 'sent',
      fact: `The last ${mails(ledger.sending)} ${ledger.sending === 1 ? 'is' : 'are'} on the way.`,
      reason: 'The mail server has not answered yet.',
      lead: null,
    }
  if (!next && ledger.held > 0) {
    return {
      tone: 'held',
      fact: `Nothing leaves until ${mails(ledger.held)} ${ledger.held === 1 ? 'is' : 'are'} decided.`,
      reason: 'Whether they were delivered is unknown, so the campaign cannot complete.',
      lead: 'held',
    }
  }
  if (!next)
    return {
      tone: 'sent',
      fact: 'Nothing is left to send.',
      reason: 'The campaign completes within a minute.',
      lead: null,
    }
  return withTrouble(facts, whyNext(facts, next))
}

function whyNext(facts: WhyFacts, next: NonNullable<Progress['next']>): Why {
  const { progress, campaign, now } = facts
  const { decision } = next
  const before = (at: Date) => `Nothing leaves before ${momentWords(at, campaign.timezone, now)}.`
  switch (decision.kind) {
    case 'send':
      return whyLeaving(facts)
    case 'skip':
      return {
        tone: 'info',
        fact: 'The next mail will be skipped.',
        reason: `${next.leadName}: ${decision.detail}`,
        lead: 'reasons',
      }
    case 'defer': {
      const window = decision.reason === 'window_closed' ? openHours(facts) : null
      return {
        tone: 'info',
        fact: before(decision.until),
        reason: join(window ?? decision.detail, thenWords(facts)),
        lead: 'reasons',
      }
    }
    case 'wait':
      if (decision.reason === 'mailbox_stopped') {
        return {
          tone: 'failed',
          fact: 'Nothing leaves: the mailbox is stopped.',
          reason: join(sentence(decision.detail), 'Mend its settings, and sending goes on by itself.'),
          lead: 'mailboxes',
        }
      }
      if (decision.reason === 'not_due') {
        return {
          tone: 'info',
          fact: before(next.at),
          reason: join(untilDue(facts, next), thenWords(facts)),
          lead: 'reasons',
        }
      }
      return {
        tone: progress.ledger.held > 0 ? 'held' : 'info',
        fact: 'The next mail waits.',
        reason: `Step ${next.stepNumber} to ${next.leadName}: ${decision.detail}`,
        lead: progress.ledger.held > 0 ? 'held' : 'reasons',
      }
  }
}

function whyLeaving({ progress }: WhyFacts): Why {
  const { ledger, mailboxes, sentLastHour } = progress
  const used =
    mailboxes.length > 0 &&
    mailboxes.every(({ dailyLimit, sentToday }) => dailyLimit !== null && sentToday >= dailyLimit)
  if (used) {
    return {
      tone: 'info',
      fact: "Today's limits are used up.",
      reason: `${wait(ledger.pending)} for the next day.`,
      lead: 'reasons',
    }
  }
  const rate = sentLastHour > 0 ? ` ${formatCount(sentLastHour)} left in the last hour.` : ''
  return { tone: 'sent', fact: 'Mail is leaving now.', reason: `${wait(ledger.pending)}.${rate}`, lead: null }
}

/** Why the next mail is due only then: what was recorded when it was put off, or the window, or the plan. */
function untilDue(facts: WhyFacts, { at, stepNumber, leadName }: NonNullable<Progress['next']>): string {
  const recorded = facts.progress.waiting.find(({ until }) => until.getTime() === at.getTime())
  if (recorded && recorded.reason !== 'window_closed') return reasonWords(recorded.reason)
  const closed = facts.mailboxes.length > 0 && facts.mailboxes.every((box) => !isOpen(windowOf(box), facts.now))
  if (recorded || closed) return openHours(facts)
  return `Step ${stepNumber} to ${leadName} is planned for then.`
}

const windowOf = ({ timezone, windowDays, windowStartMinute, windowEndMinute, holidays }: Box) => ({
  timezone,
  days: windowDays,
  startMinute: windowStartMinute,
  endMinute: windowEndMinute,
  holidays,
})

function openHours({ mailboxes }: WhyFacts): string {
  const windows = [...new Set(mailboxes.map(windowWords))]
  return windows.length === 1 ? `The sending window is closed (${windows[0]}).` : 'The sending window is closed.'
}

/** "Then 100 a day: the limit of 2 mailboxes", while more waits than one day takes. */
function thenWords({ progress: { mailboxes, ledger } }: WhyFacts): string | null {
  if (mailboxes.length === 0 || mailboxes.some(({ dailyLimit }) => dailyLimit === null)) return null
  const day = mailboxes.reduce((sum, { dailyLimit }) => sum + (dailyLimit ?? 0), 0)
  if (ledger.pending <= day) return null
  return `Then at most ${formatCount(day)} a day: the limit of ${formatOf(mailboxes.length, 'mailbox', 'mailboxes')} binds.`
}

const troubled = ({ progress }: WhyFacts) => progress.mailboxes.find(({ health }) => health === 'stopped')

/** A stopped mailbox beside working ones holds back its own leads: said even while others send. */
function withTrouble(facts: WhyFacts, why: Why): Why {
  const box = troubled(facts)
  if (!box || why.lead === 'mailboxes') return why
  return {
    ...why,
    tone: 'held',
    reason: `${why.reason} Mail of ${box.fromEmail} waits: that mailbox is stopped.`,
    lead: 'mailboxes',
  }
}
