import { counted } from '../counted'

/** Why an email is held whose worker is gone. */
export const WORKER_GONE = 'The worker stopped while this email was on the wire.'

/** Line of a campaign's history on emails that became held together. */
export const heldInWords = (emails: number): string => `${counted(emails, 'email')} held: delivery unknown`
