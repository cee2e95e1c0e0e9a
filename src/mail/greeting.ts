import { isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { MailServer } from '@/domain/mailbox/presets/preset'
import { openSocket } from './open-socket'

// A greeting is a line; whoever says more is no mail server.
const MOST_BYTES = 4_096

const GREETINGS = { smtp: /^220[ -]/, imap: /^\* OK\b/i }

/** Whether a server of this kind is there: it greets, over TLS with a certificate of its name. Nobody signs in. */
export type Greets = (kind: 'smtp' | 'imap', server: MailServer) => Promise<boolean>

export const createGreets =
  ({ allowPrivate, timeoutMs = 5_000 }: { allowPrivate: boolean; timeoutMs?: number }): Greets =>
  async (kind, { host, port, security }) => {
    const socket = await openSocket({ host, port, allowPrivate }, timeoutMs).catch(() => null)
    if (!socket) return false
    const stream =
      security === 'tls' ? connectTls({ socket, ...(isIP(host) ? {} : { servername: host }), host }) : socket
    return new Promise((resolve) => {
      let said = ''
      const end = (greets: boolean) => {
        clearTimeout(timer)
        stream.destroy()
        socket.destroy()
        resolve(greets)
      }
      const timer = setTimeout(() => end(false), timeoutMs)
      stream.on('error', () => end(false))
      stream.on('close', () => end(false))
      stream.on('data', (part: Buffer) => {
        said += part.toString('latin1')
        if (said.includes('\n') || said.length > MOST_BYTES) end(GREETINGS[kind].test(said))
      })
    })
  }
