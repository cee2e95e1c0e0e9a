import type { EmailTemplate } from '@/db/generated/client'

/** The text that a step has for itself, as it is written. */
export type StepText = Pick<EmailTemplate, 'id' | 'subject' | 'bodyText' | 'bodyHtml' | 'confirmedTexts'>

/** The text of a step that has one for itself; null where it sends one of the templates. One that replies in the thread has no subject. */
export function textOf(template: EmailTemplate, replyInThread: boolean): StepText | null {
  if (template.workflowId === null) return null
  const { id, subject, bodyText, bodyHtml, confirmedTexts } = template
  return { id, subject: replyInThread ? '' : subject, bodyText, bodyHtml, confirmedTexts }
}
