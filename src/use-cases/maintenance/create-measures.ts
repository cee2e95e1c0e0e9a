import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Measures } from '@/deps'

const PREFIX = 'leadnex_'
// A claim takes milliseconds; what takes a second stands in line.
const STATEMENT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
// A server may take ten minutes to answer a message.
const ANSWER_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]
const OUTCOMES = ['sent', 'failed', 'held'] as const

/** The measures of this process, with those of its runtime: processor, memory, delay of its event loop. */
export function createMeasures(): Measures {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register, prefix: PREFIX })
  const recorded = new Counter({
    name: `${PREFIX}emails_recorded_total`,
    help: 'Emails of campaigns that this process has recorded as sent, failed or held, by mailbox. What people decide later does not count.',
    labelNames: ['mailbox', 'outcome'],
    registers,
  })
  const claims = new Histogram({
    name: `${PREFIX}claim_seconds`,
    help: 'Time of the statement that marks a batch of emails as being sent.',
    buckets: STATEMENT_SECONDS,
    registers,
  })
  const records = new Histogram({
    name: `${PREFIX}record_seconds`,
    help: 'Time of recording the results of a group of emails, its repeats while the database is away included.',
    buckets: STATEMENT_SECONDS,
    registers,
  })
  const answers = new Histogram({
    name: `${PREFIX}smtp_answer_seconds`,
    help: 'Time from the beginning of an SMTP transaction to the answer to its message.',
    buckets: ANSWER_SECONDS,
    registers,
  })
  const lists = new Counter({
    name: `${PREFIX}list_answers_total`,
    help: 'Lists and results that a replica may answer: by the replica, or by the primary, as it was behind, away, another server, or the person had just changed something.',
    labelNames: ['by'],
    registers,
  })
  return {
    mailboxServed: (mailbox) => {
      for (const outcome of OUTCOMES) recorded.inc({ mailbox, outcome }, 0)
    },
    emailsRecorded: (mailbox, outcome, emails = 1) => recorded.inc({ mailbox, outcome }, emails),
    claimTook: (seconds) => claims.observe(seconds),
    recordTook: (seconds) => records.observe(seconds),
    serverAnswered: (seconds) => answers.observe(seconds),
    listAnswered: (by) => lists.inc({ by }),
    text: () => register.metrics(),
  }
}
