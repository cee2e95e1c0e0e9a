import { createServer } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

// An SMTP server in a thread of its own, so that it goes on while the main thread stands still. It says when it is asked for
// the reply to DATA, gives it once the main thread is frozen, and says what it was handed over when the connection ends.
const { isFrozen, hasReplied } = workerData

const REPLIES = { EHLO: '250 peer', QUIT: '221 bye' }

const server = createServer((socket) => {
  let text = ''
  let message = null
  socket.setEncoding('latin1')
  socket.on('error', () => undefined)
  socket.on('close', () => parentPort.postMessage({ handedOver: message ?? '' }))
  socket.on('data', (chunk) => {
    if (message !== null) {
      message += chunk
      return
    }
    text += chunk
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
      const command = text.slice(0, 4).toUpperCase()
      text = text.slice(end + 2)
      if (command === 'DATA') {
        message = ''
        parentPort.postMessage({ askedForReply: true })
        Atomics.wait(isFrozen, 0, 0)
        socket.write('354 go on\r\n', () => {
          Atomics.store(hasReplied, 0, 1)
          Atomics.notify(hasReplied, 0)
        })
      } else socket.write(`${REPLIES[command] ?? '250 OK'}\r\n`)
    }
  })
  socket.write('220 peer ESMTP\r\n')
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage({ port: server.address().port }))
