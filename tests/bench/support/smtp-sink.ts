import { createServer, type Socket } from 'node:net'

/**
 * A mail server that accepts everything as fast as it can and keeps nothing: a process of its own, so that what is
 * measured is the sender. Bytes are looked at where they lie, never made into text: it must not be the limit of the fastest
 * sender there is. Reports to its parent the port, when the first MAIL FROM came, and on request how many emails it took
 * between which moments.
 */
let emails = 0
let first = 0
let last = 0
// Delay of each answer, as across a network. 0: as fast as it can.
let delayMs = 0

const END_OF_MESSAGE = Buffer.from('\r\n.\r\n')
const END_OF_LINE = '\n'.charCodeAt(0)
const NOTHING = Buffer.alloc(0)
const OK = '250 2.0.0 Ok\r\n'

const now = () => performance.timeOrigin + performance.now()

function acceptMessage(): string {
  emails++
  last = now()
  return OK
}

function acceptSender(): string {
  if (first === 0) {
    first = now()
    process.send?.('began')
  }
  return OK
}

// By its first letter: that tells apart all that a sender says.
const answerTo = (letter: number): string => {
  switch (String.fromCharCode(letter)) {
    case 'E':
      return '250-sink.invalid\r\n250-PIPELINING\r\n250-SIZE 10485760\r\n250 8BITMIME\r\n'
    case 'M':
      return acceptSender()
    case 'D':
      return '354 Go ahead\r\n'
    case 'Q':
      return '221 2.0.0 Bye\r\n'
    default:
      return OK
  }
}

function serve(socket: Socket): void {
  let inMessage = false
  let rest: Buffer = NOTHING
  /** Takes all commands and messages that are there as a whole, keeps the rest, and returns the answers to them. */
  const take = (data: Buffer): string => {
    let answers = ''
    for (let at = 0; ; ) {
      const end = inMessage ? data.indexOf(END_OF_MESSAGE, at) : data.indexOf(END_OF_LINE, at)
      if (end < 0) {
        // Of a message only what could be the beginning of its end is needed.
        rest = data.subarray(inMessage ? Math.max(at, data.length - END_OF_MESSAGE.length + 1) : at)
        return answers
      }
      const letter = data[at] as number
      answers += inMessage ? acceptMessage() : answerTo(letter)
      at = end + (inMessage ? END_OF_MESSAGE.length : 1)
      inMessage = !inMessage && letter === 'D'.charCodeAt(0)
    }
  }
  const write = (answers: string) => {
    socket.write(answers, 'latin1')
    if (answers.startsWith('221')) socket.end()
  }
  const answer = (answers: string) => {
    if (answers === '') return
    if (delayMs > 0) setTimeout(write, delayMs, answers)
    else write(answers)
  }
  socket.setNoDelay(true)
  socket.on('data', (chunk: Buffer) => answer(take(rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk)))
  socket.on('error', () => undefined)
  answer('220 sink.invalid ESMTP\r\n')
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
