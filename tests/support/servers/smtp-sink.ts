import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

export type ReceivedMail = { messageId: string; from: string; to: string; subject: string; raw: string }

/** What the server does with one recipient; `accept` when undefined. */
export type Behaviour =
  | { at: 'rcpt' | 'data'; code: number; message: string }
  /** Drops the connection: at RCPT, or after the whole message was received and before the answer. */
  | { at: 'rcpt' | 'data'; drop: true; keep?: boolean }
  | { at: 'data'; delayMs: number }
  /** Answers once this has happened. */
  | { at: 'data'; until: Promise<unknown> }

export type SmtpSink = {
  port: number
  received: ReceivedMail[]
  /** Set to change what happens with a recipient. */
  behave: (recipient: string) => Behaviour | undefined
  logins: string[]
  connections: number
  /** Connections that it takes at the same time; further ones are refused, and counted. */
  mostConnections: number
  refused: number
  /** Connections that are open now, without those that were refused. */
  openConnections: () => number
  /** The Message-ID that it puts in place of the email's, with its answer; null keeps the email's. */
  rename: ((messageId: string) => { messageId: string; answer?: string }) | null
  /** Called when a transaction begins. */
  onMailFrom: (address: string) => void
  close(): Promise<void>
}

/** A real SMTP server on loopback that remembers what it accepted. With `password`, it asks for a login. */
export async function startSmtpSink({
  password,
  port = 0,
}: {
  password?: () => string
  port?: number
} = {}): Promise<SmtpSink> {
  const sink: SmtpSink = {
    port: 0,
    received: [],
    behave: () => undefined,
    logins: [],
    connections: 0,
    mostConnections: Number.POSITIVE_INFINITY,
    refused: 0,
    openConnections: () => taken.size,
    rename: null,
    onMailFrom: () => undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const taken = new Set<string>()
  const server: SMTPServer = new SMTPServer({
    authOptional: !password,
    allowInsecureAuth: true,
    disabledCommands: password ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onConnect: ({ id }, callback) => {
      sink.connections++
      if (taken.size >= sink.mostConnections) {
        sink.refused++
        return callback(refusal(421, '4.7.0 Too many connections'))
      }
      taken.add(id)
      callback()
    },
    onClose: ({ id }) => {
      taken.delete(id)
    },
    onAuth: (auth, _session, callback) => {
      sink.logins.push(auth.username ?? '')
      if (auth.password === password?.()) callback(null, { user: auth.username })
      else callback(refusal(535, '5.7.8 Username and Password not accepted'))
    },
    onMailFrom: (address, _session, callback) => {
      sink.onMailFrom(address.address)
      callback()
    },
    onRcptTo: (address, session, callback) => {
      const behaviour = sink.behave(address.address)
      if (behaviour?.at !== 'rcpt') return callback()
      if ('drop' in behaviour) return drop(server, session)
      callback(refusal(behaviour.code, behaviour.message))
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? ''
        const mail = parse(Buffer.concat(chunks).toString('utf8'), session, to)
        const renamed = sink.rename?.(mail.messageId) ?? null
        endMessage(sink.behave(to), {
          keep: () => sink.received.push(renamed ? withId(mail, renamed.messageId) : mail),
          drop: () => drop(server, session),
          answer: (error) => callback(error, renamed?.answer),
        })
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  sink.port = (server.server.address() as AddressInfo).port
  return sink
}

const refusal = (code: number, message: string) => Object.assign(new Error(message), { responseCode: code })

function drop(server: SMTPServer, session: SMTPServerSession): void {
  const { connections } = server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> }
  const connection = [...connections].find(({ id }) => id === session.id)
  connection?._socket.destroy()
}

/** What becomes of a message that was received as a whole. */
function endMessage(
  behaviour: Behaviour | undefined,
  { keep, drop, answer }: { keep: () => void; drop: () => void; answer: (error?: Error) => void },
): void {
  const accept = () => {
    keep()
    answer()
  }
  if (behaviour?.at !== 'data') accept()
  else if ('drop' in behaviour) {
    if (behaviour.keep) keep()
    drop()
  } else if ('delayMs' in behaviour) setTimeout(accept, behaviour.delayMs)
  else if ('until' in behaviour) void behaviour.until.then(accept)
  else answer(refusal(behaviour.code, behaviour.message))
}

const withId = (mail: ReceivedMail, messageId: string): ReceivedMail => ({
  ...mail,
  messageId,
  raw: mail.raw.replace(/^Message-ID:\s*.*$/im, `Message-ID: ${messageId}`),
})

function parse(raw: string, session: SMTPServerSession, to: string): ReceivedMail {
  const unfolded = (raw.split(/\r?\n\r?\n/, 1)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ')
  const header = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? ''
  const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
  return { messageId: header('Message-ID'), subject: header('Subject'), from, to, raw }
}
