import { momentWords } from '@/components/time/time-text'
import { formatCount, inNumber } from '@/components/ui/numbers'
import {
  emails,
  failedWords,
  join,
  noWorker,
  sentence,
  troubled,
  type Why,
  type WhyFacts,
  wait,
  whomWords,
} from './why-facts'
import { whyRunning } from './why-running'

/** "Why isn't it sending?", answered for every state that a campaign of leads of batches can be in. */
export function whySentence(facts: WhyFacts): Why {
  const { campaign, progress } = facts
  const { ledger } = progress
  switch (campaign.status) {
    case 'draft':
      return {
        tone: 'info',
        fact: 'Nothing leaves: this is a draft.',
        reason: 'Start it when it is ready.',
        link: null,
      }
    case 'scheduled':
      return whyScheduled(facts)
    case 'paused':
      return {
        tone: 'held',
        fact: 'Nothing leaves: the campaign is paused.',
        reason: join(
          campaign.statusReason && sentence(`Reason: ${campaign.statusReason}`),
          failedWords(progress),
          `${wait(ledger.pending)}. Resume shows first what will move.`,
        ),
        link: campaign.templateAtFault ? 'template' : null,
      }
    case 'failed':
      return {
        tone: 'failed',
        fact: 'Nothing leaves: the campaign failed.',
        reason: join(
          sentence(campaign.statusReason ?? ''),
          ledger.pending > 0 ? `${emails(ledger.pending)} stay planned, and its batches are free.` : null,
          'Fix the cause, then resume.',
        ),
        link: troubled(facts) ? 'mailboxes' : null,
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
      reason: 'It starts by itself then; leads are counted and emails planned at that moment.',
      link: null,
    }
  }
  if (workerAlive === false) return noWorker
  return {
    tone: 'info',
    fact: 'It is about to start.',
    reason: 'Its time has come; the start takes up to a minute.',
    link: null,
  }
}

function whyCompleted({ campaign, progress: { ledger, failures } }: WhyFacts): Why {
  const held = ledger.held > 0 ? `${emails(ledger.held)} of unknown delivery can still be decided.` : null
  if (ledger.cancelled > 0 || campaign.statusReason) {
    const cancelled =
      ledger.cancelled > 0
        ? `${emails(ledger.cancelled)} that had not left ${inNumber(ledger.cancelled, 'was', 'were')} cancelled.`
        : null
    return {
      tone: 'info',
      fact: 'Nothing leaves any more: the campaign was stopped.',
      reason: join(cancelled, held),
      link: null,
    }
  }
  const whom = failures[0] ? whomWords(failures[0]) : null
  const failed = ledger.failed > 0 ? ` ${formatCount(ledger.failed)} failed and can be retried.` : ''
  return {
    tone: 'sent',
    fact: 'Every planned email has its outcome.',
    reason: join(`${formatCount(ledger.sent)} of ${emails(ledger.planned)} were sent.${failed}`, whom, held),
    link: whom ? 'failed' : null,
  }
}
