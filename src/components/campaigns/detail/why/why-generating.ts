import { momentWords } from '@/components/time/time-text'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { nothingLeft } from '@/domain/campaign/progress'
import type { Generation, RunView } from '../../api-types'
import { broughtWords, failureWords, sourceProgressWords } from '../../runs/run-text'
import { emails, join, START_WORKER, sentence, troubled, type Why, type WhyFacts, wait } from './why-facts'
import { whyRunning } from './why-running'

/** The same question for a campaign that finds leads: what happens next, and why nothing happens now. */
export function whyGenerating(facts: WhyFacts, generation: Generation): Why {
  const { campaign, progress } = facts
  const { ledger } = progress
  const waiting = ledger.pending > 0 ? `${wait(ledger.pending)}.` : null
  switch (campaign.status) {
    case 'draft':
      return info('Nothing happens yet: this is a draft.', 'Start it when it is ready.')
    case 'scheduled':
      return whyScheduled(facts)
    case 'paused':
      return {
        tone: 'held',
        fact:
          campaign.type === 'lead_generation'
            ? 'No source is asked: the campaign is paused.'
            : 'No source is asked and no email leaves: the campaign is paused.',
        reason: join(
          campaign.statusReason && sentence(`Reason: ${campaign.statusReason}`),
          waiting,
          'Resume goes on with its runs; of those missed meanwhile, one is made.',
        ),
        link: campaign.templateAtFault ? 'template' : null,
      }
    case 'failed':
      return {
        tone: 'failed',
        fact: 'Nothing happens: the campaign failed.',
        reason: join(
          sentence(campaign.statusReason ?? ''),
          waiting,
          'Fix the cause, then resume; a run that failed is made again.',
        ),
        link: troubled(facts) ? 'mailboxes' : generation.last && troubleOf(generation.last) ? 'sources' : null,
      }
    case 'completed':
      return whyCompleted(facts, generation)
    case 'running':
      return whyRunningRuns(facts, generation)
  }
}

const info = (fact: string, reason: string): Why => ({ tone: 'info', fact, reason, link: null })

function whyScheduled({ campaign: { scheduledStartAt: at, timezone }, workerAlive, now }: WhyFacts): Why {
  if (at && at > now) {
    return info(
      `The first run begins ${momentWords(at, timezone, now)}.`,
      'The campaign starts by itself then; no source is asked before.',
    )
  }
  if (workerAlive === false) return noWorker
  return info('It is about to start.', 'Its time has come; the start takes up to a minute.')
}

function whyCompleted({ campaign, progress: { ledger } }: WhyFacts, { totals, runs, last }: Generation): Why {
  const stopped = campaign.statusReason !== null || ledger.cancelled > 0
  const found = `${formatOf(runs, 'run')} added ${formatOf(totals.added, 'lead')}.`
  const sent = ledger.planned > 0 ? `${formatCount(ledger.sent)} of ${emails(ledger.planned)} were sent.` : null
  const held = ledger.held > 0 ? `${emails(ledger.held)} of unknown delivery can still be decided.` : null
  const failed = last?.sources.filter(({ failure }) => failure).length ?? 0
  if (failed > 0 && !stopped) {
    return {
      tone: 'held',
      fact: `Nothing is left to do, but ${formatOf(failed, 'source')} failed${runs > 1 ? ' in the last run' : ''}.`,
      reason: join(found, last && troubleOf(last), sent, held),
      link: 'runs',
    }
  }
  return {
    tone: stopped ? 'info' : 'sent',
    fact: stopped
      ? 'Nothing happens any more: the campaign was stopped.'
      : 'Every run is done, and nothing is left to do.',
    reason: join(found, sent, held),
    link: 'runs',
  }
}

const noWorker: Why = {
  tone: 'failed',
  fact: 'Nothing happens: no worker is alive.',
  reason: `Start it: ${START_WORKER}. Runs and emails stay planned, and go on by themselves then.`,
  link: null,
}

function whyRunningRuns(facts: WhyFacts, generation: Generation): Why {
  const { ledger } = facts.progress
  if (facts.workerAlive === false) return noWorker
  const runs = whyRuns(facts, generation)
  if (nothingLeft(ledger)) return runs
  const sending = whyRunning(facts)
  return { ...sending, reason: join(sending.reason, runs.fact, runs.link === 'sources' ? runs.reason : null) }
}

function whyRuns({ campaign, now }: WhyFacts, { running, nextRunAt, last, upcoming }: Generation): Why {
  if (running) {
    const trouble = troubleOf(running)
    return {
      tone: trouble ? 'held' : 'sent',
      fact: running.status === 'running' ? 'A run is under way.' : 'A run is about to begin.',
      reason: join(
        running.sources
          .map(sourceProgressWords)
          .join(', ')
          .concat(running.sources.length > 0 ? '.' : ''),
        trouble,
      ),
      link: trouble ? 'sources' : 'runs',
    }
  }
  const trouble = last && troubleOf(last)
  const first = upcoming[0]
  const outreach =
    first &&
    `The ${formatOf(first.leads, 'lead')} of “${first.batchName}” get their first email ${momentWords(first.outreachAt, campaign.timezone, now)}, or at the next opening after it.`
  if (nextRunAt) {
    return {
      tone: trouble ? 'held' : 'info',
      fact:
        nextRunAt > now
          ? `Next run ${momentWords(nextRunAt, campaign.timezone, now)}.`
          : 'The next run begins within a minute.',
      reason: join(last && `The last one: ${lowered(broughtWords(last))}`, trouble, outreach ?? null),
      link: trouble ? 'sources' : last ? 'runs' : null,
    }
  }
  if (outreach) return { tone: 'info', fact: 'No further run is due.', reason: outreach, link: 'runs' }
  return {
    tone: trouble ? 'held' : 'sent',
    fact: 'No further run is due.',
    reason: join(trouble, 'The campaign completes within a minute.'),
    link: 'runs',
  }
}

/** The failures of a run, source by source, in the words of each. */
function troubleOf({ sources, failure }: RunView): string | null {
  const failed = sources.flatMap(({ label, failure: why }) => (why ? [sentence(failureWords(label, why.message))] : []))
  if (failed.length > 0) return failed.join(' ')
  return failure && sentence(failure)
}

const lowered = (words: string) => `${words.charAt(0).toLowerCase()}${words.slice(1)}`
