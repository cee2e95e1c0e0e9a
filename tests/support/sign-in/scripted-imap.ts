import { type AddressInfo, createServer, type Socket } from 'node:net'

/**
 * An IMAP server on loopback, which answers each sign-in as it is told: "OK" lets in, "NO ..." refuses in these words. It counts
 * sign-ins. Its folders are empty but for the messages put into the Inbox, numbered from 1 on; it refuses to fetch anything where
 * one of the `refused` numbers is asked for, in the words of `refusal`, and any other command for which `answer` has words.
 */
export async function startScriptedImap() {
  const settings = {
    login: 'OK',
    logins: 0,
    inbox: [] as string[],
    refused: [] as number[],
    refusal: 'NO [SERVERBUG] a message is damaged',
    answer: (_command: string): string | null => null,
  }
  const sockets = new Set<Socket>()
  let opened: readonly string[] = []
  const answerTo = (tag: string, command: string): string => {
    const told = settings.answer(command)
    if (told !== null) return `${tag} ${told}`
    if (/^(?:LOGIN|AUTHENTICATE)\b/i.test(command)) {
      settings.logins++
      return `${tag} ${settings.login === 'OK' ? 'OK signed in' : settings.login}`
    }
    if (/^CAPABILITY\b/i.test(command)) return `* CAPABILITY IMAP4rev1 SPECIAL-USE\r\n${tag} OK done`
    // What stands between the names of folders.
    if (/^LIST "" ""$/i.test(command)) return `* LIST (\\Noselect) "/" ""\r\n${tag} OK done`
    if (/^(?:LIST|LSUB)\b/i.test(command)) {
      const folders = ['() "/" INBOX', '(\\Sent) "/" Sent', '(\\Junk) "/" Junk'].map((one) => `* LIST ${one}`)
      return `${folders.join('\r\n')}\r\n${tag} OK done`
    }
    if (/^(?:EXAMINE|SELECT)\b/i.test(command)) {
      opened = /INBOX/i.test(command) ? settings.inbox : []
      const numbers = `* OK [UIDVALIDITY 1] numbered\r\n* OK [UIDNEXT ${opened.length + 1}] next`
      return `* ${opened.length} EXISTS\r\n${numbers}\r\n${tag} OK [READ-ONLY] done`
    }
    if (/^UID SEARCH\b/i.test(command)) return `* SEARCH${opened.map((_, n) => ` ${n + 1}`).join('')}\r\n${tag} OK done`
    if (/^UID FETCH\b/i.test(command)) {
      const uids = (/^UID FETCH ([\d,]+)/i.exec(command)?.[1] ?? '').split(',').map(Number)
      if (uids.some((uid) => settings.refused.includes(uid))) return `${tag} ${settings.refusal}`
      return [...uids.map((uid) => fetched(uid, opened[uid - 1] ?? '')), `${tag} OK done`].join('\r\n')
    }
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
        socket.write(`${answerTo(tag, words.join(' '))}\r\n`, 'latin1')
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

const fetched = (uid: number, raw: string): string => {
  const facts = `UID ${uid} FLAGS () INTERNALDATE "18-Dec-2026 09:00:00 +0000" RFC822.SIZE ${raw.length}`
  return `* ${uid} FETCH (${facts} BODY[]<0> {${raw.length}}\r\n${raw})`
}
