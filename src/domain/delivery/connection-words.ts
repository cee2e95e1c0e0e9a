import { presetOfPublicServer } from '../mailbox/presets/find-preset'
import { enhancedCode, type SmtpOutcome } from './outcome'

/**
 * What went wrong before any email was touched, in plain words: what happened, and what to look at. `server`: host and port;
 * `greetingName`: what EHLO called us; `byToken`: no password was sent.
 */
export function connectionWords(
  outcome: SmtpOutcome,
  server: string,
  greetingName: string,
  { byToken = false } = {},
): string {
  if (outcome.kind === 'refused') {
    return outcome.phase === 'auth' ? loginWords(outcome, server, byToken) : refusedWords(outcome, server, greetingName)
  }
  if (outcome.kind === 'broken') return brokenWords(outcome.error, server, greetingName)
  return 'The connection ended unexpectedly.'
}

// Before a login only the greeting is spoken, which every server knows, and STARTTLS.
function refusedWords(
  { code, response }: SmtpOutcome & { kind: 'refused' },
  server: string,
  greetingName: string,
): string {
  if (code === 500 || code === 502 || (code === 503 && /STARTTLS/i.test(response))) return withoutStarttls(server)
  if (code === 454) return `${server} cannot encrypt at the moment: “${response}”. It is tried again.`
  return ABOUT_GREETING.test(response)
    ? `${server} refused the greeting, in which this installation calls itself ${greetingName}: “${response}”. Enter the name that it wants under “Name in the greeting”.`
    : `${server} refused the connection: “${response}”.`
}

const withoutStarttls = (server: string) =>
  `${server} does not offer STARTTLS. Choose TLS with port 465, or ask whoever runs the server.`

const ABOUT_GREETING = /\b(helo|ehlo|greeting|fqdn)\b|fully.qualified|host ?name/i

function loginWords({ code, response }: SmtpOutcome & { kind: 'refused' }, server: string, byToken: boolean): string {
  if (code === 538) return `${server} cannot be logged in to: ${response.slice(4)}. No password was sent.`
  if (code === 503 && !enhancedCode(response))
    return `${server} offers no login here. Check port and encryption, or leave user name and password empty. No password was sent.`
  if (code < 500)
    return `${server} cannot check logins at the moment: “${response}”. User name and password may be right; it is tried again.`
  if (byToken)
    return `${server} refused the sign-in: “${response}”. Sending by programs may be switched off for this mailbox. Have it allowed at the provider, then test the connection.`
  if (/\b5\.7\.139\b/.test(response))
    return `${server} lets no program sign in by password: “${response}”. Sign in on the page of Microsoft, or have SMTP AUTH allowed for this mailbox.`
  const provider = presetOfPublicServer(server.slice(0, server.lastIndexOf(':')))
  if (provider?.signIn === 'app_password' || /application-specific password|app password|\b5\.7\.9\b/i.test(response))
    return `${server} refused the login: “${response}”. It wants an app password, and one that was revoked is refused, too. Make a new one at the provider and enter it.`
  return `${server} refused the login: “${response}”. Check user name and password; some providers want an app password.`
}

// OpenSSL's, Node's and nodemailer's own words for one and the same thing, first match wins.
const BROKEN: readonly [RegExp, (server: string, greetingName: string) => string][] = [
  [
    /self.signed certificate/i,
    (server) =>
      `${server} shows a certificate that it signed itself, so nobody vouches for it. Ask whoever runs the server for a certificate of a known authority.`,
  ],
  [
    /unable to (get|verify)|issuer/i,
    (server) =>
      `${server} shows a certificate of an authority that is not known here. Ask whoever runs the server for its full chain.`,
  ],
  [
    /certificate has expired/i,
    (server) => `The certificate of ${server} has expired. Whoever runs the server must renew it.`,
  ],
  [
    /certificate is not yet valid/i,
    (server) => `The certificate of ${server} is not valid yet. Check the clocks of both machines.`,
  ],
  [
    /altnames|does not match/i,
    (server) =>
      `The certificate of ${server} is for another name. Enter the server by the name that its certificate bears.`,
  ],
  [
    /certificate (revoked|not trusted|rejected|chain too long|signature failure)|(unsuitable|invalid \w+) certificate/i,
    (server) =>
      `${server} shows a certificate that cannot be trusted. Ask whoever runs the server for a certificate of a known authority.`,
  ],
  [
    /unsupported protocol|protocol version|handshake failure|(key|md) too (small|weak)|no shared cipher|no protocols available|legacy renegotiation/i,
    (server) =>
      `${server} and this machine have no encryption in common: one of them is too old for the other. Ask whoever runs the server to update it.`,
  ],
  [
    /disconnected before secure TLS|wrong version number|packet length too long|SSL routines|EPROTO|http request|TLS handshake timed out/i,
    (server) =>
      `${server} does not speak this kind of encryption. Port 465 wants TLS from the first byte, port 587 STARTTLS.`,
  ],
  [/STARTTLS/i, withoutStarttls],
  [
    /is not a public address/,
    (server) =>
      `${server} is on this machine or in its network, where mailboxes may have no server. Enter a public one, or start with ALLOW_PRIVATE_MAIL_HOSTS=true.`,
  ],
  [
    /EAI_AGAIN/i,
    (server) => `The name ${server} could not be looked up. This machine may have no network; it is tried again.`,
  ],
  [/ENOTFOUND|getaddrinfo|queryA+ /i, (server) => `No server of this name was found: ${server}. Check the spelling.`],
  [/ECONNRESET/i, (server) => `${server} closed the connection. Check port and encryption.`],
  [/ECONNREFUSED/i, (server) => `Nothing answers at ${server}. Check server and port.`],
  [
    /greeting never received/i,
    (server) =>
      `${server} took the connection and said nothing. Port 465 wants TLS from the first byte, port 587 STARTTLS.`,
  ],
  [
    /time(d)? ?out|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|No end after/i,
    (server) => `${server} did not answer in time. Check server and port; a firewall may be in between.`,
  ],
  [
    /connection closed|closed the connection|socket (closed|hang up)/i,
    (server, greetingName) =>
      `${server} closed the connection before it was ready for a login. Check port and encryption; some servers do so when they do not accept the name in the greeting, which is ${greetingName}.`,
  ],
]

function brokenWords(error: string, server: string, greetingName: string): string {
  const words = BROKEN.find(([pattern]) => pattern.test(error))?.[1]
  return words?.(server, greetingName) ?? `${server} could not be reached: ${error}. Check server, port and encryption.`
}
