import { cutText } from '@/domain/cut-text'
import { presetOfPublicServer } from '@/domain/mailbox/presets/find-preset'
import type { ImapAccount } from './imap-account'
import { ImapFailure } from './opened-mailbox'

/** What imapflow says of a failure, in the fields that are looked at. */
type ImapError = {
  code?: string
  authenticationFailed?: boolean
  serverResponseCode?: string
  responseStatus?: string
  responseText?: string
  response?: string | { attributes?: { section?: { value?: unknown }[] }[] }
  tlsFailed?: boolean
  message?: string
}

// Codes of RFC 5530 and words with which servers put off whatever they are asked for: a password may be right, a message sound.
const PUT_OFF = /^(?:UNAVAILABLE|LIMIT|INUSE|OVERQUOTA|SERVERBUG|CONTACTADMIN)$/i
const SAYS_PUT_OFF =
  /throttl|too many|\brate\b|try again|temporar|unavailable|maximum number of connections|simultaneous|exceeded|lockout|internal error/i
// With these a server may also mean one damaged message, for ever.
const BROKEN = /^SERVERBUG$/i
const SAYS_BROKEN = /internal error/i
const IMAP_OFF = /not enabled for IMAP|IMAP (?:access )?(?:is )?(?:disabled|not enabled)|enable IMAP/i
const APP_PASSWORD = /application-specific password|app(?:lication)? password/i
const NOT_CONNECTED = /authenticated but not connected/i

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing answers at that address and port.',
  ENOTFOUND: 'This server name does not exist.',
  ENOTPUBLIC: 'The server is in this machine’s own network, which is not allowed here.',
  EAI_AGAIN: 'The server name could not be looked up.',
  CONNECT_TIMEOUT: 'The server did not answer in time.',
  GREETING_TIMEOUT: 'The server did not greet in time: check the port and its encryption.',
  ETIMEOUT: 'The server did not answer in time.',
  ETIMEDOUT: 'The server did not answer in time.',
  ETHROTTLE: 'The server asks to come back later.',
}

/** A failure of imapflow or of the connection in plain words, with what follows from it. */
export function imapFailureOf(error: unknown, account?: Pick<ImapAccount, 'host' | 'accessToken'>): ImapFailure {
  if (error instanceof ImapFailure) return error
  const { code = '', ...failed }: ImapError = typeof error === 'object' && error !== null ? error : {}
  const said = saidIn(failed)
  if (failed.authenticationFailed) return signInFailure(failed.serverResponseCode ?? '', said, account)
  if (failed.tlsFailed || /^(?:ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL)/.test(code)) {
    const why = failed.message ? ` (${failed.message})` : ''
    return new ImapFailure('passing', `The encrypted connection could not be set up${why}.`)
  }
  if (failed.responseStatus && code !== 'ETHROTTLE') {
    return refusal(codeIn(failed), said, failed.responseStatus)
  }
  if (code === 'ETHROTTLE') return new ImapFailure('put_off', UNREACHABLE.ETHROTTLE ?? '', said)
  return new ImapFailure('passing', UNREACHABLE[code] ?? 'The connection was lost.', said)
}

/** A command that the server refuses once signed in. */
function refusal(code: string, said: string, status: string): ImapFailure {
  const words = `The server refused: ${said || status}`
  if (BROKEN.test(code) || (!PUT_OFF.test(code) && SAYS_BROKEN.test(said)))
    return new ImapFailure('broken', words, said)
  return new ImapFailure(PUT_OFF.test(code) || SAYS_PUT_OFF.test(said) ? 'put_off' : 'message', words, said)
}

/** The code in brackets that begins an answer; imapflow lays it out for some commands only. */
function codeIn({ serverResponseCode, response }: ImapError): string {
  if (serverResponseCode) return serverResponseCode
  const [first] = (typeof response === 'object' && response.attributes?.[0]?.section) || []
  return typeof first?.value === 'string' ? first.value.trim() : ''
}

function signInFailure(
  code: string,
  said: string,
  account: Pick<ImapAccount, 'host' | 'accessToken'> | undefined,
): ImapFailure {
  if (IMAP_OFF.test(said)) return new ImapFailure('provider', 'IMAP is switched off for this mailbox.', said)
  if (NOT_CONNECTED.test(said))
    return new ImapFailure('provider', 'The password is right, and IMAP is not allowed for this mailbox.', said)
  if (APP_PASSWORD.test(said)) return new ImapFailure('sign_in', 'The provider asks for an app password.', said)
  if (PUT_OFF.test(code) || SAYS_PUT_OFF.test(said))
    return new ImapFailure('passing', 'The server takes no sign-in at the moment.', said)
  if (account?.accessToken !== undefined) return new ImapFailure('provider', 'The server refused the token.', said)
  if (presetOfPublicServer(account?.host ?? '')?.signIn === 'app_password')
    return new ImapFailure('sign_in', 'The provider refused the app password. It may have been revoked.', said)
  return new ImapFailure('sign_in', 'The server refused the user or the password.', said)
}

const saidIn = ({ responseText, response }: ImapError): string =>
  cutText((responseText ?? (typeof response === 'string' ? response : '')).replace(/\s+/g, ' ').trim(), 500)
