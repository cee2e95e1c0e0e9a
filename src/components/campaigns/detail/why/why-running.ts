import { isOpenNow } from '@/components/time/open-now'
import { momentWords, windowWords } from '@/components/time/time-text'
import { formatCount, formatOf, inNumber } from '@/components/ui/numbers'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import type { Progress } from '../../api-types'
import { reasonWords } from '../../status/reason-text'
import {
  emails,
  failedWords,
  join,
  noWorker,
  sentence,
  troubled,
  unreadWords,
  type Why,
  type WhyFacts,
  wait,
} from './why-facts'

/** The reason why emails of a running campaign leave, or do not. */
export function whyRunning(facts: WhyFacts): Why {
  const why = whyOpen(facts)
  const failed = failedWords(facts.progress)
  return failed ? { ...why, reason: join(why.reason, failed), link: why.link ?? 'failed' } : why
}

function whyOpen(facts: WhyFacts): Why {
  const { progress, workerAlive } = facts
  const { ledger, next } = progress
  if (workerAlive === false && ledger.pending + ledger.sending > 0) return noWorker
  if (ledger.sending > 0 && !next)
    return {
      tone: 'sent',
      fact: `The last ${emails(ledger.sending)} ${inNumber(ledger.sending, 'is', 'are')} on the way.`,
      reason: 'The mail server has not answered yet.',
      link: null,
    }
  if (!next && ledger.held > 0) {
    return {
      tone: 'held',
      fact: `Nothing leaves until ${emails(ledger.held)} ${inNumber(ledger.held, 'is', 'are')} decided.`,
      reason: 'Whether they were delivered is unknown, so the campaign cannot complete.',
      link: 'held',
    }
  }
  if (!next)
    return {
      tone: 'sent',
      fact: 'Nothing is left to send.',
      reason: 'The campaign completes within a minute.',
      link: null,
    }
  return withUnread(facts, withTrouble(facts, whyNext(facts, next)))
}

function whyNext(facts: WhyFacts, next: NonNullable<Progress['next']>): Why {
  const { progress, campaign, now } = facts
  const { decision } = next
  const stopped = troubled(facts)
  const before = (at: Date) => `Nothing leaves before ${momentWords(at, campaign.timezone, now)}.`
  switch (decision.kind) {
    case 'send':
      return whyLeaving(facts)
    case 'skip':
      return {
        tone: 'info',
        fact: 'The next email will be skipped.',
        reason: `${next.leadName}: ${decision.detail}`,
        link: 'reasons',
      }
    case 'defer': {
      const window = decision.reason === 'window_closed' ? openHours(facts) : null
      return {
        tone: 'info',
        fact: before(decision.until),
        reason: join(window ?? decision.detail, thenWords(facts)),
        link: 'reasons',
      }
    }
    case 'wait':
      if (decision.reason === 'mailbox_stopped') {
        return {
          tone: 'failed',
          fact: `Nothing leaves: ${stopped ? `mailbox ${stopped.fromEmail}` : 'the mailbox'} is stopped.`,
          reason: join(sentence(decision.detail), 'Fix its settings, and sending goes on by itself.'),
          link: 'mailboxes',
        }
      }
      if (decision.reason === 'no_postal_address') {
        return {
          tone: 'failed',
          fact: 'Nothing leaves: your postal address is missing.',
          reason: join(decision.detail, 'Enter it, and sending goes on by itself.'),
          link: 'settings',
        }
      }
      if (decision.reason === 'not_due') {
        return {
          tone: 'info',
          fact: before(next.at),
          reason: join(untilDue(facts, next), thenWords(facts)),
          link: 'reasons',
        }
      }
      return {
        tone: progress.ledger.held > 0 ? 'held' : 'info',
        fact: 'The next email waits.',
        reason: `Step ${next.stepNumber} to ${next.leadName}: ${decision.detail}`,
        link: progress.ledger.held > 0 ? 'held' : 'reasons',
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
      link: 'reasons',
    }
  }
  const rate = sentLastHour > 0 ? ` ${formatCount(sentLastHour)} sent in the last hour.` : ''
  return { tone: 'sent', fact: 'Emails are leaving now.', reason: `${wait(ledger.pending)}.${rate}`, link: null }
}

/** Why the next email is due only then: what was recorded when it was put off, or the window, or the plan. */
function untilDue(facts: WhyFacts, { at, stepNumber, leadName }: NonNullable<Progress['next']>): string {
  const recorded = facts.progress.waiting.find(
    ({ reason, until }) => until?.getTime() === at.getTime() && reason !== 'not_due' && reason !== 'previous_step_open',
  )
  if (recorded && recorded.reason !== 'window_closed') return reasonWords(recorded.reason)
  const closed = facts.mailboxes.length > 0 && facts.mailboxes.every((box) => !isOpenNow(toWindow(box), facts.now))
  if (recorded || closed) return openHours(facts)
  return `Step ${stepNumber} to ${leadName} is planned for then.`
}

function openHours({ mailboxes }: WhyFacts): string {
  const windows = [...new Set(mailboxes.map(windowWords))]
  return windows.length === 1 ? `The sending window is closed (${windows[0]}).` : 'The sending window is closed.'
}

/** "Then 100 a day: the limit of 2 mailboxes", while more waits than one day takes. */
function thenWords({ progress: { mailboxes, ledger } }: WhyFacts): string | null {
  if (mailboxes.length === 0 || mailboxes.some(({ capacity }) => capacity.perDay === null)) return null
  const day = mailboxes.reduce((sum, { capacity }) => sum + (capacity.perDay ?? 0), 0)
  if (ledger.pending <= day) return null
  if (mailboxes.some(({ growsTo }) => growsTo !== null))
    return `At most ${formatCount(day)} leave today, and more on each sending day: a mailbox ramps up.`
  const what = mailboxes.some(({ capacity }) => capacity.setBy === 'gap') ? 'the gap' : 'the limit'
  return `Then at most ${formatCount(day)} per day: ${what} of ${formatOf(mailboxes.length, 'mailbox', 'mailboxes')} binds.`
}

/** A mailbox that is stopped or bounces beside working ones holds back its own leads: said even while others send. */
function withTrouble(facts: WhyFacts, why: Why): Why {
  const box = troubled(facts)
  const bouncing = facts.progress.mailboxes.find(({ firstStepsPausedUntil }) => firstStepsPausedUntil)
  if (!box && bouncing?.firstStepsPausedUntil && !saysBounces(facts)) {
    const until = momentWords(bouncing.firstStepsPausedUntil, facts.campaign.timezone, facts.now)
    return {
      ...why,
      tone: 'held',
      reason: `${why.reason} First emails of ${bouncing.fromEmail} pause until ${until}: more than 5 % of its emails bounced.`,
    }
  }
  if (!box || why.link === 'mailboxes') return why
  return {
    ...why,
    tone: 'held',
    reason: `${why.reason} Emails from ${box.fromEmail} wait: that mailbox is stopped.`,
    link: 'mailboxes',
  }
}

/** Answers that cannot be read keep follow-ups back: said before the first of them is due. */
function withUnread(facts: WhyFacts, why: Why): Why {
  const unread = unreadWords(facts)
  return unread
    ? { ...why, tone: why.tone === 'failed' ? 'failed' : 'held', reason: join(why.reason, unread), link: 'mailboxes' }
    : why
}

const saysBounces = ({ progress: { next } }: WhyFacts) =>
  next?.decision.kind === 'defer' && next.decision.reason === 'bounce_rate'
