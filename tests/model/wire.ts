import { type AddressInfo, createServer, type Socket } from 'node:net'

/** What the server does with an email to one recipient. */
export const ANSWERS = [
  ...(['accept', 'later', 'refuse', 'unknown', 'lost', 'slow_down', 'too_big', 'content'] as const),
  ...(['alike', 'quota', 'denied', 'full'] as const),
] as const
export type Answer = (typeof ANSWERS)[number]

/** What it does with everybody: `lost_before` drops each connection at MAIL FROM. */
export type Mode = 'normal' | 'login_refused' | 'lost_before'

export type Wire = {
  port: number
  mode: Mode
  /** By recipient; who is not named is accepted. */
  answers: Map<string, Answer>
  /** Message-IDs in the order in which whole messages were taken, answered or not. */
  arrived: string[]
  close(): Promise<void>
}

export const REPLIES = {
  later: '451 4.2.0 Try again later',
  refuse: '554 5.2.1 Not wanted here',
  unknown: '550 5.1.1 Unknown address',
  slow_down: '421 4.7.0 Slow down',
  too_big: '552 5.3.4 Message too big',
  content: '554 5.6.0 Content refused',
  alike: '554 5.5.0 Transaction failed',
  quota: '550 5.4.5 Daily sending limit reached',
  denied: '550 5.7.60 Not your address',
  full: '452 4.2.2 Mailbox full',
  login: '535 5.7.8 Wrong password',
} as const

/** Refusals that come once the whole message was seen. */
const isOfMessage = (answer: Answer) => answer === 'too_big' || answer === 'content'

/** A real SMTP server on loopback that answers each recipient as `answers` says. Connections are kept. */
export async function startWire(): Promise<Wire> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    serve(socket, wire)
  })
  const wire: Wire = {
    port: 0,
    mode: 'normal',
    answers: new Map(),
    arrived: [],
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  wire.port = (server.address() as AddressInfo).port
  return wire
}

function serve(socket: Socket, wire: Wire): void {
  let rest = ''
  let message: string[] | null = null
  let answer: Answer = 'accept'
  const say = (line: string) => socket.write(`${line}\r\n`)

  const endMessage = (lines: string[]) => {
    if (isOfMessage(answer)) return say(REPLIES[answer])
    const header = lines.find((line) => /^message-id:/i.test(line)) ?? ''
    wire.arrived.push(/<[^>]+>/.exec(header)?.[0] ?? '')
    return answer === 'lost' ? socket.destroy() : say('250 2.0.0 Taken')
  }
  const obey = (command: string) => {
    if (/^EHLO/i.test(command)) return say('250-wire\r\n250 AUTH PLAIN')
    if (/^AUTH/i.test(command)) return say(wire.mode === 'login_refused' ? REPLIES.login : '235 2.7.0 Welcome')
    if (/^MAIL/i.test(command)) return wire.mode === 'lost_before' ? socket.destroy() : say('250 2.1.0 OK')
    if (/^RCPT/i.test(command)) {
      answer = wire.answers.get(/<([^>]*)>/.exec(command)?.[1] ?? '') ?? 'accept'
      if (answer === 'accept' || answer === 'lost' || isOfMessage(answer)) return say('250 2.1.5 OK')
      return answer === 'slow_down' ? socket.end(`${REPLIES.slow_down}\r\n`) : say(REPLIES[answer])
    }
    if (/^DATA/i.test(command)) {
      message = []
      return say('354 Go on')
    }
    return /^QUIT/i.test(command) ? socket.end('221 2.0.0 Bye\r\n') : say('250 2.0.0 OK')
  }
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (message === null) obey(line)
      else if (line !== '.') message.push(line)
      else {
        const whole = message
        message = null
        endMessage(whole)
      }
    }
  })
  say('220 wire ESMTP')
}
