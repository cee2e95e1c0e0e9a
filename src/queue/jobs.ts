/** Jobs carry ids only. The table is the truth: a lost or doubled job changes nothing. */
export const JOBS = {
  /** Wakes work: due starts, lapsed leases, completion, mailboxes with due mail. Never decides. */
  tick: 'tick',
  /** Sends what is due from one mailbox; one at a time a mailbox, across all workers. */
  sendMailbox: 'send-mailbox',
  /** Works on one run of lead generation; one at a time a run, across all workers. */
  runLeadGeneration: 'run-lead-generation',
} as const

export type SendMailboxPayload = { mailboxId: string }

export type RunLeadGenerationPayload = { runId: string }

/** What use cases may ask of the queue. */
export type Queue = {
  /** Asks for a tick soon; several wishes are one. */
  wakeTick(): Promise<void>
  /** Asks that this mailbox sends what is due; while one such job waits, further wishes are one with it. */
  wakeMailbox(mailboxId: string): Promise<void>
  /** Asks that this run is worked on; while one such job waits, further wishes are one with it. */
  wakeRun(runId: string): Promise<void>
}
