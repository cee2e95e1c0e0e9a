import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { BlockList, Socket } from 'node:net'
import { clientAddress } from '@/lib/client-address'
import { BODY_LIMITS, tooLargeInWords } from './body-limit'

export type FrontDoor = { appUrl: string; trustedProxies: BlockList; development?: boolean }

// A year, for this host alone: others below it may be somebody else's.
const HSTS = 'max-age=31536000'
const READING = ['GET', 'HEAD']
/** All that takes anything: pages have no actions of their own. */
const ROUTES = /^\/api\//
/** They bound what they read by themselves. */
const BOUNDED = /^\/api\/(auth|exports|trpc|unsubscribe|uploads)(\/|\?|$)/
/**
 * The most characters of an address. Whoever is led to another place gets it back twice, its signs written out once more, in
 * headers of which clients read 16 kB. Screens ask for less (`maxURLLength`).
 */
const LONGEST_ADDRESS = 4_096
const TOO_LONG = `This address has more than ${LONGEST_ADDRESS.toLocaleString('en')} characters, which is more than it may have. Nothing was changed.`
/** Next's own tools, while it serves from the sources. */
const TOOLS = /^\/__nextjs/
// Whoever goes on sending what was refused is listened to for a moment, so that the answer arrives.
const LINGER_MS = 2_000

/**
 * What every request passes before the app sees it. Its `X-Forwarded-For` holds one address afterwards, which nobody can make
 * up. What carries more than its route reads is refused unread.
 */
export function openFrontDoor(options: FrontDoor, app: RequestListener): RequestListener {
  const secure = URL.parse(options.appUrl)?.protocol === 'https:'
  return (request, response) => {
    nameClient(request, options.trustedProxies)
    if (secure) response.setHeader('Strict-Transport-Security', HSTS)
    // Afterwards the request knows its connection no longer.
    const { socket } = request
    response.once('finish', () => hangUpUnread(request, socket))
    const refusal = refusalOf(request, options.development ?? false)
    if (!refusal) return app(request, response)
    refuse(response, refusal)
  }
}

function nameClient(request: IncomingMessage, trusted: BlockList): void {
  const forwardedFor = request.headers['x-forwarded-for']
  request.headers['x-forwarded-for'] = clientAddress(
    {
      connection: request.socket.remoteAddress,
      forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor,
    },
    trusted,
  )
}

type Refusal = { status: number; words: string }

function refusalOf({ url = '/', method = 'GET', headers }: IncomingMessage, development: boolean): Refusal | null {
  if (!isReadable(url)) return { status: 400, words: 'This address cannot be read. Nothing was changed.' }
  if (lengthOf(url) > LONGEST_ADDRESS) return { status: 414, words: TOO_LONG }
  if (BOUNDED.test(url) || (development && TOOLS.test(url))) return null
  if (headers['transfer-encoding'] !== undefined) {
    return { status: 411, words: 'Nothing of unknown length is read here. Nothing was changed.' }
  }
  if (!(Number(headers['content-length'] ?? 0) <= BODY_LIMITS.form)) {
    return { status: 413, words: tooLargeInWords(BODY_LIMITS.form) }
  }
  if (READING.includes(method) || ROUTES.test(url)) return null
  return { status: 405, words: 'A page is only read. Nothing was changed.' }
}

/** Whether the signs of an address that stand for others are complete: whoever comes upon one that is not fails in its own way. */
function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.replace(/\?.*/s, ''))
    return true
  } catch {
    return false
  }
}

/** Length of an address as it is written in a header: signs that have no place there take three characters. */
const lengthOf = (url: string): number => (URL.parse(url, 'http://app')?.href ?? encodeURI(url)).length

function refuse(response: ServerResponse, { status, words }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(words)
}

/** Throws away what nobody reads any more of a request that was answered: it would stand before the next of its connection. */
function hangUpUnread(request: IncomingMessage, socket: Socket): void {
  if (!request.readableEnded) request.removeAllListeners('data').removeAllListeners('readable').resume()
  if (request.complete) return
  setTimeout(() => request.complete || socket.destroy(), LINGER_MS).unref()
}
