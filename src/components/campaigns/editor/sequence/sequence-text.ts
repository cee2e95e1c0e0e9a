import { subjectWords } from '@/domain/templates/title'

/** The line below a step's name. A step that replies in the thread never uses a subject of its own. */
export const subjectLine = ({ subject, replyInThread }: { subject: string; replyInThread: boolean }) =>
  replyInThread ? 'Replies in the thread of the first email, under its subject' : `Subject: ${subjectWords(subject)}`
