import { Agent, request as sendRequest } from 'node:http'
import type { Random } from '../support/random'
import type { Answer } from './judge'

/** A request, as it goes over the wire. */
export type Asked = {
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  body?: string | Buffer
}

/** Something that a web process answers: asked as it is meant, and with things wrong. */
export type Target = {
  name: string
  /** One that is sure to be answered with yes, where what it names is there. Other targets have none. */
  wellMeant?: () => Asked
  /** `fill`: how many of the fields that may be left out it has, in %. */
  sample(random: Random, fill?: number): Asked
  broken(random: Random): Asked
}

const PATIENCE_MS = 60_000
// Sooner than the server hangs up on who asks nothing more: that would look like a request without an answer.
const UNUSED_MS = 2_000
const agent = new Agent({ keepAlive: true, maxSockets: 16, timeout: UNUSED_MS })

/**
 * Sends it just so: nothing about it is put right on the way. Rejects when no answer comes. A connection that the server has hung
 * up on meanwhile, for being unused, says nothing of this request: it is asked once more on one of its own.
 */
export const ask = (url: string, asked: Asked): Promise<Answer> =>
  askOn(agent, url, asked).catch((error: unknown) => {
    if (error instanceof HungUp) return askOn(false, url, asked)
    throw error
  })

class HungUp extends Error {}
// What a request meets there: as it waits for its answer, or while it is still written.
const HANGING_UP = ['ECONNRESET', 'EPIPE']

const askOn = (by: Agent | false, url: string, { method, path, headers, body }: Asked): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const request = sendRequest({ agent: by, host: hostname, port, method, path, headers: { ...sent, ...headers } })
    request.setTimeout(PATIENCE_MS, () => request.destroy(new Error(`No answer in ${PATIENCE_MS / 1000} s`)))
    request.once('error', (error: NodeJS.ErrnoException) =>
      reject(request.reusedSocket && HANGING_UP.includes(error.code ?? '') ? new HungUp() : error),
    )
    request.once('response', (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.once('error', reject)
      response.once('end', () => {
        const headers = new Headers()
        for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value))
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString(), headers })
      })
    })
    request.end(body)
  })

/** An address as a client behind a proxy has it. Another one each time, so that no limit by address is met. */
export const somewhere = (random: Random) => `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`

/** Words that a header or an address can carry. */
export const plainWords = (text: string, longest: number) => text.replace(/[^\x21-\x7e]/g, '').slice(0, longest)
