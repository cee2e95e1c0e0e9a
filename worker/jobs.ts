import type { Job } from './job'
import { backUpJob } from './jobs/back-up'
import { emailNotificationsJob } from './jobs/email-notifications'
import { importLeadsJob } from './jobs/import-leads'
import { readMailboxJob } from './jobs/read-mailbox'
import { runLeadGenerationJob } from './jobs/run-lead-generation'
import { runMassActJob } from './jobs/run-mass-act'
import { sendMailboxJob } from './jobs/send-mailbox'
import { sendRepliesJob } from './jobs/send-replies'
import { storeCopiesJob } from './jobs/store-copies'
import { tickJob } from './jobs/tick'

/** Every job of the worker. A new one is a file in `jobs/`, a use case, and a line here. */
export const JOBS: readonly Job[] = [
  sendMailboxJob,
  sendRepliesJob,
  readMailboxJob,
  storeCopiesJob,
  runLeadGenerationJob,
  emailNotificationsJob,
  importLeadsJob,
  runMassActJob,
  tickJob,
  backUpJob,
]
