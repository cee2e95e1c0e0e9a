import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import type { OauthServer } from './oauth-server'

/** An SMTP server on loopback that lets in whoever shows a token of the account, and remembers who tried. It keeps no message. */
export async function startTokenSmtp(provider: Pick<OauthServer, 'accountOf'>) {
  const logins: string[] = []
  /** Sending by programs is switched off for the account. */
  const settings = { isOff: false }
  const server = new SMTPServer({
    authMethods: ['XOAUTH2'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onAuth: ({ username, accessToken }, _session, done) => {
      const isIn = !settings.isOff && provider.accountOf(accessToken ?? '') === username
      logins.push(`${username} ${isIn ? 'let in' : 'refused'}`)
      if (isIn) done(null, { user: username })
      else done(Object.assign(new Error('5.7.3 Authentication unsuccessful'), { responseCode: 535 }))
    },
    onData: (stream, _session, done) => {
      stream.resume()
      stream.on('end', () => done())
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const hangUp = () => {
    for (const connection of server.connections) connection.close()
  }
  return {
    logins,
    settings,
    port: (server.server.address() as AddressInfo).port,
    /** Ends the connections that are open, as a server does with those that have idled. */
    hangUp,
    /** Waits for no connection that a client keeps for its next email. */
    close: () =>
      new Promise<void>((resolve) => {
        server.close(resolve)
        hangUp()
      }),
  }
}
