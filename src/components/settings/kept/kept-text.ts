import type { KeptThing } from '@/domain/retention'

/** What is kept for so many days, from when on they count, and what is lost after them. */
export const KEPT_TEXT: Readonly<Record<KeptThing, { name: string; from: string; lost: string }>> = {
  sentTextDays: {
    name: 'Texts of sent emails',
    from: 'days after they were sent',
    lost: 'What was written to a lead can no longer be read. To whom, when, the subject and the answer of the mail server stay.',
  },
  conversationTextDays: {
    name: 'Texts of conversations',
    from: 'days after they came or were sent',
    lost: 'What leads have written, and what was answered, can no longer be read or quoted. Who, when, the subject and what it did stay; so does the text of an answer that could not be sent.',
  },
  historyDays: {
    name: 'History of completed campaigns',
    from: 'days after it happened',
    lost: 'Their activity no longer says who started, paused or changed them, and why. Their emails, numbers and the audit log stay.',
  },
  requestDays: {
    name: 'Requests of runs',
    from: 'days after the run has ended',
    lost: 'A run no longer shows its requests one by one. What it found and spent stays, and what was bought is never bought again.',
  },
  sandboxDays: {
    name: 'Emails in the sandbox inbox',
    from: 'days after they arrived',
    lost: 'They go with the answers that were given to them. The newest 10,000 are kept at the most, however new they are.',
  },
  sessionDays: {
    name: 'Sign-ins',
    from: 'days after signing in',
    lost: 'Whoever signed in earlier has to sign in again, also when they were here today. Without use a sign-in ends after 14 days anyway.',
  },
}
