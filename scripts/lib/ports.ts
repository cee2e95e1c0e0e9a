import { createServer } from 'node:net'

// Below the ports that systems give to connections, and to servers that take any: those change hands all the time.
const FIRST = 20_000
const COUNT = 12_000
// Processes beside each other begin some ports apart, and none is given twice by the same one before all were.
let given = process.pid * 41

/**
 * A TCP port that is free right now. Nobody gets it by chance until it is used; a program that asks for just this one may still be
 * faster. Throws when there is none.
 */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (let tried = 0; tried < COUNT; tried++) {
    const port = FIRST + (given++ % COUNT)
    if (await isPortFree(port, host)) return port
  }
  throw new Error(`None of the ports from ${FIRST} to ${FIRST + COUNT - 1} is free`)
}

/** Whether this process could listen on the port. `false` also for a port it has no right to open. */
export function isPortFree(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}
