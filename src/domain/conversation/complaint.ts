import { addressIn } from './bounce/delivery-status'
import { fieldsIn, headerOf, type ReceivedMessage } from './received-message'

/** A provider's report that a recipient marked an email as unwanted. */
export type Complaint = {
  kind: 'complaint'
  /** The recipient, where the provider names one. */
  address: string | null
  /** RFC 5965: `abuse`, `fraud`, `virus`, `opt-out`, `other`. */
  feedback: string
}

// Reports about authentication, and a recipient's "not spam", complain about nothing.
const NO_COMPLAINT = /^(?:auth-failure|dmarc|not-spam)$/

/** What a feedback report (RFC 5965) complains about; null for any other message. */
export function complaintOf(message: ReceivedMessage): Complaint | null {
  const report = message.parts.find(({ type }) => type === 'message/feedback-report')
  if (!report)
    return isHotmailComplaint(message)
      ? { kind: 'complaint', address: hotmailRecipient(message), feedback: 'abuse' }
      : null
  const fields = fieldsIn(report.text ?? '')
  const field = (name: string) => fields.find((one) => one.name === name)?.value ?? ''
  const feedback = field('feedback-type').toLowerCase() || 'other'
  if (NO_COMPLAINT.test(feedback)) return null
  const address = addressIn(field('original-rcpt-to')) ?? addressIn(field('removal-recipient'))
  return { kind: 'complaint', address, feedback }
}

// Microsoft's programme returns the message without a report.
const isHotmailComplaint = ({ from, subject, parts }: ReceivedMessage): boolean =>
  from?.address === 'staff@hotmail.com' &&
  /^complaint about message from/i.test(subject) &&
  parts.some(({ type }) => type === 'message/rfc822')

function hotmailRecipient({ parts }: ReceivedMessage): string | null {
  const original = parts.find(({ type }) => type === 'message/rfc822')?.text ?? ''
  const fields = fieldsIn(original.slice(0, 20_000))
  return addressIn(fields.find(({ name }) => name === 'x-hmxmroriginalrecipient')?.value ?? '')
}

/** True for a report that complains about nothing: it is automatic. */
export const isFeedbackReport = (message: ReceivedMessage): boolean =>
  message.parts.some(({ type }) => type === 'message/feedback-report') ||
  /report-type="?feedback-report/i.test(headerOf(message, 'content-type'))
