import { connect } from 'node:net'
import { composeAll, runSender } from './run-sender'

const END_OF_LINE = '\n'.charCodeAt(0)

/**
 * Sends ready bytes through bare sockets that know no more of SMTP than a server that takes everything needs: MAIL, RCPT and DATA
 * in one piece, then the message in one. What the sink is measured with: no other sender is as fast.
 */
await runSender(async ({ port, connections }, emails) => {
  const pieces = (await composeAll(emails)).map(({ from, to, raw }) => ({
    commands: Buffer.from(`MAIL FROM:<${from}>\r\nRCPT TO:<${to}>\r\nDATA\r\n`),
    message: Buffer.concat([
      Buffer.from(raw.toString('latin1').replace(/^\./gm, '..'), 'latin1'),
      Buffer.from('\r\n.\r\n'),
    ]),
  }))
  const open = async () => {
    const { say, close } = await connectTo(port)
    await say(null, 1)
    await say(Buffer.from('EHLO bench.invalid\r\n'), 4)
    return async (next: () => number | undefined) => {
      for (let at = next(); at !== undefined; at = next()) {
        const { commands, message } = pieces[at % pieces.length] as (typeof pieces)[0]
        await say(commands, 3)
        await say(message, 1)
      }
      close()
    }
  }
  return Promise.all(Array.from({ length: connections }, open))
})

async function connectTo(port: number) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let awaited = 0
  let resolve = () => {}
  socket.on('data', (chunk: Buffer) => {
    for (let at = chunk.indexOf(END_OF_LINE); at >= 0; at = chunk.indexOf(END_OF_LINE, at + 1)) awaited--
    if (awaited <= 0) resolve()
  })
  return {
    /** Writes, and resolves once so many lines have come in answer. */
    say: (bytes: Buffer | null, lines: number) =>
      new Promise<void>((done) => {
        awaited += lines
        resolve = done
        if (bytes) socket.write(bytes)
        else if (awaited <= 0) done()
      }),
    close: () => socket.end('QUIT\r\n'),
  }
}
