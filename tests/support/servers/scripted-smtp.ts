import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A reply to send, `drop` to end the connection without one, `silence` from now on, or a last reply before its end. */
export type Reply = string | 'drop' | 'silence' | { last: string }
/**
 * Replies of the server to each command, `CONNECT` and `.` (the end of a message) included; undefined: the usual reply.
 * `message`: the lines of the last one.
 */
export type Script = (
  command: string,
  session: { connection: number; mails: number; message: string },
) => Reply | undefined

const USUAL: readonly [RegExp, Reply][] = [
  [/^CONNECT/, '220 scripted ESMTP'],
  [/^EHLO/, '250-scripted\r\n250 PIPELINING'],
  [/^DATA/, '354 go on'],
  [/^QUIT/, '221 bye'],
]

/** A server on loopback that replies word for word as its script, where a well-behaved SMTP server would not. */
export async function startScriptedSmtp(script: Script) {
  const sockets = new Set<Socket>()
  let connections = 0
  let accepted = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    const session = { connection: ++connections, mails: 0, message: '' }
    let inMessage = false
    let isSilent = false
    let rest = ''
    const answer = (command: string) => {
      if (isSilent) return
      const chosen = script(command, session) ?? USUAL.find(([pattern]) => pattern.test(command))?.[1] ?? '250 OK'
      const reply = typeof chosen === 'string' ? chosen : chosen.last
      isSilent = reply === 'silence'
      if (isSilent) return
      inMessage = command === 'DATA' && reply.startsWith('354')
      if (inMessage) session.message = ''
      if (command === '.' && reply.startsWith('250')) {
        session.mails++
        accepted++
      }
      if (reply === 'drop') socket.destroy()
      else socket.write(`${reply}\r\n`)
      if (reply.startsWith('421') || chosen !== reply) socket.end()
    }
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (!inMessage || line === '.') answer(line)
        else session.message += `${line}\n`
      }
    })
    answer('CONNECT')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    accepted: () => accepted,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
