import { createServer, type Socket } from 'node:net'

/**
 * A mail server that accepts everything as fast as it can and keeps nothing: a process of its own, so that what is
 * measured is the sender. Reports to its parent the port, and on request how many mails it took between which moments.
 */
let emails = 0
let first = 0
let last = 0
// Delay of the reply to a message, as across a network. 0: as fast as it can.
let delayMs = 0

const now = () => performance.timeOrigin + performance.now()

function accept(): string {
  emails++
  last = now()
  return '250 2.0.0 Ok: queued\r\n'
}

function serve(socket: Socket): void {
  socket.setNoDelay(true)
  let inMessage = false
  let rest = ''
  const answer = (command: string): string => {
    switch (command.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return '250-sink.invalid\r\n250-PIPELINING\r\n250-SIZE 10485760\r\n250 8BITMIME\r\n'
      case 'MAIL':
        first ||= now()
        return '250 2.1.0 Ok\r\n'
      case 'DATA':
        inMessage = true
        return '354 Go ahead\r\n'
      case 'QUIT':
        socket.end('221 2.0.0 Bye\r\n')
        return ''
      default:
        return '250 2.0.0 Ok\r\n'
    }
  }
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1')
    let replies = ''
    for (;;) {
      if (inMessage) {
        const end = rest.indexOf('\r\n.\r\n')
        if (end < 0) {
          // Only what could be the beginning of the end is needed.
          rest = rest.slice(-4)
          break
        }
        rest = rest.slice(end + 5)
        inMessage = false
        if (delayMs > 0) setTimeout(() => socket.write(accept()), delayMs)
        else replies += accept()
        continue
      }
      const end = rest.indexOf('\r\n')
      if (end < 0) break
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      replies += answer(line)
    }
    if (replies) socket.write(replies)
  })
  socket.on('error', () => undefined)
  socket.write('220 sink.invalid ESMTP\r\n')
}

const server = createServer(serve)
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }))
process.on('message', (word) => {
  if (word === 'count') process.send?.({ emails, seconds: (last - first) / 1000 })
  if (typeof word === 'number') {
    delayMs = word
    process.send?.('delayed')
  }
  if (word === 'reset') {
    emails = 0
    first = 0
    last = 0
    process.send?.('reset')
  }
})
process.on('disconnect', () => process.exit(0))
