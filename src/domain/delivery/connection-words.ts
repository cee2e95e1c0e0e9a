import type { SmtpOutcome } from './outcome'

/** What went wrong before any email was touched, in plain words: what happened, and what to look at. `server`: host and port. */
export function connectionWords(outcome: SmtpOutcome, server: string): string {
  if (outcome.kind === 'refused' && outcome.phase === 'auth') {
    return `${server} refused the login: “${outcome.response}”. Check user name and password; some providers want an app password.`
  }
  if (outcome.kind === 'refused') return `${server} refused the connection: “${outcome.response}”.`
  if (outcome.kind === 'broken') {
    return `${server} could not be reached: ${outcome.error}. Check server, port and encryption.`
  }
  return 'The connection ended unexpectedly.'
}
