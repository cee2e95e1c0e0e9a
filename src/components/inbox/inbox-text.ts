import type { Interest } from '@/domain/conversation/interest'
import type { Scope } from '@/domain/inbox/conversation'

export const SCOPE_LABELS: Record<Scope, string> = {
  open: 'Open',
  waiting: 'Waiting for us',
  away: 'Away',
  bounces: 'Bounces',
  unmatched: 'Unmatched',
  snoozed: 'Snoozed',
  done: 'Done',
  everything: 'Everything',
}

/** What a list without anything says: what would stand there. */
export const NOTHING_IN: Record<Scope, { title: string; what: string }> = {
  open: { title: 'Nothing is open.', what: 'Answers of leads appear here as soon as their mailbox is read.' },
  waiting: { title: 'Nothing waits for us.', what: 'Answers that a person has to reply to stand here until then.' },
  away: { title: 'No automatic answers.', what: 'Who is out of office stands here, with what its program wrote.' },
  bounces: { title: 'No bounces.', what: 'What servers report about emails that did not arrive stands here.' },
  unmatched: { title: 'Nothing is unmatched.', what: 'Messages that belong to no email of ours stand here.' },
  snoozed: { title: 'Nothing is snoozed.', what: 'What is put off stands here until its time comes.' },
  done: { title: 'Nothing is done.', what: 'What is marked done stands here. It opens again with the next answer.' },
  everything: { title: 'No conversation yet.', what: 'It begins with the first answer of a lead.' },
}

export const INTEREST_WORDS: Record<Interest, { label: string; hint: string; done: string }> = {
  interested: { label: 'Interested', hint: 'The lead becomes “Interested”.', done: 'Marked as interested.' },
  not_now: { label: 'Not now', hint: 'The lead stays “Replied”.', done: 'Marked as not now.' },
  wrong_person: {
    label: 'Wrong person',
    hint: 'The lead becomes “Not interested”.',
    done: 'Marked as the wrong person.',
  },
  not_interested: {
    label: 'Not interested',
    hint: 'The lead becomes “Not interested”.',
    done: 'Marked as not interested.',
  },
}
