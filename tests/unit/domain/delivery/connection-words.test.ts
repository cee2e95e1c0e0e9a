import { describe, expect, it } from 'vitest'
import { connectionWords } from '@/domain/delivery/connection-words'

const SERVER = 'mail.nexa.example:587'
const NAME = 'crm.nexa.example'
const brokenWith = (error: string) => connectionWords({ kind: 'broken', phase: 'connect', error }, SERVER, NAME)
const connectRefusedWith = (response: string) =>
  connectionWords({ kind: 'refused', phase: 'connect', code: Number(response.slice(0, 3)), response }, SERVER, NAME)
const loginRefusedWith = (response: string) =>
  connectionWords({ kind: 'refused', phase: 'auth', code: Number(response.slice(0, 3)), response }, SERVER, NAME)

describe('words on a connection that failed', () => {
  it.each([
    ['self-signed certificate', 'signed itself'],
    [
      'self-signed certificate; if the root CA is installed locally, try running Node.js with --use-system-ca',
      'signed itself',
    ],
    ['unable to verify the first certificate', 'an authority that is not known here'],
    ['unable to get local issuer certificate', 'an authority that is not known here'],
    ['certificate has expired', 'has expired'],
    ['certificate is not yet valid', 'is not valid yet'],
    [
      "Hostname/IP does not match certificate's altnames: Host: 10.0.0.7. is not cert's CN: other.example",
      'is for another name',
    ],
    [
      '400D6B39857F0000:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../deps/openssl/ssl/record/methods/tlsany_meth.c:80:',
      'does not speak this kind of encryption',
    ],
    [
      'Client network socket disconnected before secure TLS connection was established',
      'does not speak this kind of encryption',
    ],
    [
      '80A2F1:error:0A000410:SSL routines:ssl3_read_bytes:ssl/tls alert handshake failure:ssl/record/rec_layer_s3.c:916:',
      'have no encryption in common',
    ],
    ['error:0A000102:SSL routines::unsupported protocol', 'have no encryption in common'],
    ['error:0A00018A:SSL routines::dh key too small', 'have no encryption in common'],
    ['certificate revoked', 'a certificate that cannot be trusted'],
    ['unsuitable certificate purpose', 'a certificate that cannot be trusted'],
    ['Upgrading connection with STARTTLS failed', 'does not offer STARTTLS'],
    ['Greeting never received', 'took the connection and said nothing'],
    ['getaddrinfo ENOTFOUND mail.nexa.example', 'No server of this name was found'],
    ['getaddrinfo EAI_AGAIN mail.nexa.example', 'could not be looked up'],
    ['read ECONNRESET', 'closed the connection'],
    ['connect ECONNREFUSED 203.0.113.7:587', 'Nothing answers'],
    ['Connection timeout', 'did not answer in time'],
    ['No end after 120 s', 'did not answer in time'],
  ])('"%s" says %s', (error, words) => {
    expect(brokenWith(error)).toContain(words)
    expect(brokenWith(error)).toContain(SERVER)
    expect(brokenWith(error)).not.toMatch(/error:|routines|Node\.js|altnames|ECONN|ENOTFOUND|EAI_/)
  })

  it.each([
    ['502 5.5.1 Error: command not implemented', 'does not offer STARTTLS'],
    ['500 5.3.3 Unrecognized command', 'does not offer STARTTLS'],
    ['503 STARTTLS command used when not advertised', 'does not offer STARTTLS'],
    ['454 4.7.0 TLS not available due to local problem', 'cannot encrypt at the moment'],
    ['554 5.7.1 No service for this address', 'refused the connection: “554 5.7.1 No service for this address”'],
    ['503 5.5.1 No service', 'refused the connection: “503 5.5.1 No service”'],
  ])('a connection that is refused with "%s" says %s', (response, words) => {
    expect(connectRefusedWith(response)).toContain(words)
    expect(connectRefusedWith(response)).toContain(SERVER)
  })

  it.each([
    '504 5.5.2 <crm.nexa.example>: fully-qualified host name wanted',
    '421-4.7.0 Greeting refused, try again later,\n421 4.7.0 closing connection. (EHLO)',
    '550 5.7.1 <crm.nexa.example>: Helo command rejected: Host not found',
  ])('tells that the greeting was refused, and by which name: %s', (response) => {
    const refused = { kind: 'refused', phase: 'connect', code: Number(response.slice(0, 3)), response } as const
    expect(connectionWords(refused, SERVER, NAME)).toBe(
      `${SERVER} refused the greeting, in which this installation calls itself ${NAME}: “${response}”. Enter the name that it wants under “Name in the greeting”.`,
    )
  })

  it('tells it of no other refusal', () => {
    const refused = { kind: 'refused', phase: 'connect', code: 554, response: '554 5.7.1 No service here' } as const
    expect(connectionWords(refused, SERVER, NAME)).toBe(
      `${SERVER} refused the connection: “554 5.7.1 No service here”.`,
    )
  })

  it.each([
    [
      '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
      'lets no program sign in by password',
    ],
    [
      '534-5.7.9 Application-specific password required.',
      'It wants an app password, and one that was revoked is refused',
    ],
    ['535 5.7.8 Username and Password not accepted', 'Check user name and password'],
  ])('says of a login refused with "%s": %s', (response, words) => {
    expect(loginRefusedWith(response)).toContain(words)
    expect(loginRefusedWith(response)).toContain(`“${response}”`)
  })

  it('asks for a new app password where the provider wants one, and for none where a token was sent', () => {
    const response = '535 5.7.8 Username and Password not accepted'
    const refused = { kind: 'refused', phase: 'auth', code: 535, response } as const
    expect(connectionWords(refused, 'smtp.gmail.com:465', NAME)).toContain(
      'Make a new one at the provider and enter it.',
    )
    const byToken = connectionWords(refused, 'smtp.gmail.com:465', NAME, { byToken: true })
    expect(byToken).toContain('Have it allowed at the provider, then test the connection.')
    expect(byToken).not.toContain('password.')
  })

  it('keeps the words of a failure that it does not know', () => {
    expect(brokenWith('write EPIPE')).toBe(
      `${SERVER} could not be reached: write EPIPE. Check server, port and encryption.`,
    )
  })

  it('tells a refused login from one that cannot be checked now, and from one that was never sent', () => {
    expect(loginRefusedWith('535 5.7.8 Username and Password not accepted')).toContain('Check user name and password')
    const down = loginRefusedWith('454 4.7.0 Temporary authentication failure')
    expect(down).toContain('cannot check logins at the moment')
    expect(down).not.toContain('Check user name')
    expect(loginRefusedWith('538 The server offers a login only after encryption: choose STARTTLS')).toBe(
      `${SERVER} cannot be logged in to: The server offers a login only after encryption: choose STARTTLS. No password was sent.`,
    )
    expect(loginRefusedWith('503 The server offers no login here')).toContain('offers no login here')
  })
})
