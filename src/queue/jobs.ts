/** The jobs' names. A job carries ids only. The table is the truth: a lost or doubled job changes nothing. */
export const JOB = {
  tick: 'tick',
  sendMailbox: 'send-mailbox',
  sendReplies: 'send-replies',
  runLeadGeneration: 'run-lead-generation',
  readMailbox: 'read-mailbox',
  storeCopies: 'store-copies',
  emailNotifications: 'email-notifications',
  importLeads: 'import-leads',
  runMassAct: 'run-mass-act',
  backUp: 'back-up',
} as const

/** Jobs that use cases may enqueue. While a job of the same name and id waits, another is one with it. */
export type Queue = {
  /** Enqueues a tick. */
  enqueueTick(): Promise<void>
  /** Enqueues sending what is due from this mailbox. */
  enqueueMailboxSend(mailboxId: string): Promise<void>
  /** Enqueues sending what people have written from this mailbox, in so many seconds. */
  enqueueReplies(mailboxId: string, inSeconds: number): Promise<void>
  /** Enqueues the work on this run of lead generation. */
  enqueueRun(runId: string): Promise<void>
  /** Enqueues reading what is new in this mailbox. */
  enqueueMailboxRead(mailboxId: string): Promise<void>
  /** Enqueues putting copies of what this mailbox has sent into its Sent folder. */
  enqueueCopies(mailboxId: string): Promise<void>
  /** Enqueues an email to this person about what they want to be told of. */
  enqueueNotificationEmail(userId: string): Promise<void>
  /** Enqueues the work on this import, or on its rollback. */
  enqueueImport(importId: string): Promise<void>
  /** Enqueues the work on this act on many leads. */
  enqueueMassAct(massActId: string): Promise<void>
}
