import { type AddressInfo, createServer, type Socket } from 'node:net'

/**
 * An IMAP server on loopback with empty folders, which answers each sign-in as it is told: "OK" lets in, "NO ..." refuses in
 * these words. It counts sign-ins.
 */
export async function startScriptedImap() {
  const settings = { login: 'OK', logins: 0 }
  const sockets = new Set<Socket>()
  const answerTo = (tag: string, command: string): string => {
    if (/^(?:LOGIN|AUTHENTICATE)\b/i.test(command)) {
      settings.logins++
      return `${tag} ${settings.login === 'OK' ? 'OK signed in' : settings.login}`
    }
    if (/^CAPABILITY\b/i.test(command)) return `* CAPABILITY IMAP4rev1 SPECIAL-USE\r\n${tag} OK done`
    if (/^(?:LIST|LSUB)\b/i.test(command)) {
      const folders = ['() "/" INBOX', '(\\Sent) "/" Sent', '(\\Junk) "/" Junk'].map((one) => `* LIST ${one}`)
      return `${folders.join('\r\n')}\r\n${tag} OK done`
    }
    if (/^(?:EXAMINE|SELECT)\b/i.test(command))
      return `* 0 EXISTS\r\n* OK [UIDVALIDITY 1] numbered\r\n* OK [UIDNEXT 1] next\r\n${tag} OK [READ-ONLY] done`
    if (/^UID SEARCH\b/i.test(command)) return `* SEARCH\r\n${tag} OK done`
    if (/^LOGOUT\b/i.test(command)) return `* BYE\r\n${tag} OK bye`
    return `${tag} OK done`
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.write('* OK ready\r\n')
    let rest = ''
    socket.on('data', (part) => {
      rest += part.toString('latin1')
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const [tag = '', ...words] = rest.slice(0, end).split(' ')
        rest = rest.slice(end + 2)
        socket.write(`${answerTo(tag, words.join(' '))}\r\n`)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    settings,
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
