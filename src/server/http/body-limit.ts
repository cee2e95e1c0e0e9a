import { countValues } from './count-values'

const KB = 1024

/** The most bytes of a request, by what it is for. */
export const BODY_LIMITS = {
  /** Signing in, unsubscribing: a few words. */
  form: 64 * KB,
  /** A call of the API. */
  call: 1024 * KB,
  /** A file of rows. */
  upload: 30 * 1024 * KB,
} as const

/**
 * The most values of a call, its lists, objects and what they hold: two selections of 10,000 leads each, and more. What reads a call
 * goes through all of them in one go, in which nobody else is answered.
 */
export const MOST_VALUES = 30_000

type Limits = { bytes: number; values?: number }
type Answer = (words: string) => Response

/** "64 kB", "30 MB". */
export const limitInWords = (limit: number) => (limit < 1024 * KB ? `${limit / KB} kB` : `${limit / KB / 1024} MB`)

export const tooLargeInWords = (limit: number) =>
  `This request is larger than ${limitInWords(limit)}, which is more than it may be. Nothing was changed.`

const tooManyInWords = (limit: number) =>
  `This request has more than ${limit.toLocaleString('en')} values, which is more than it may have. Nothing was changed.`

const tooLarge: Answer = (words) =>
  new Response(words, { status: 413, headers: { 'content-type': 'text/plain; charset=utf-8' } })

/** The length that a request announces; NaN where it announces none that could be. */
export const announcedLength = (headers: Headers) => Number(headers.get('content-length') ?? 0)

class BodyTooLarge extends Error {}

/**
 * Calls `handle` with a request whose body ends in an error once it has more bytes, or more values of JSON, than `limits` allow. One
 * that announces more bytes is answered 413 before any is read, and one that turns out to have more as soon as it does.
 */
export async function withBodyLimit(
  request: Request,
  { bytes, values = Number.POSITIVE_INFINITY }: Limits,
  handle: (request: Request) => Promise<Response>,
  answer: Answer = tooLarge,
): Promise<Response> {
  // No number is too large, too: what such a request means is anybody's guess.
  if (!(announcedLength(request.headers) <= bytes)) return answer(tooLargeInWords(bytes))
  const { body } = request
  if (!body) return handle(request)
  const valuesWith = countValues()
  let seen = 0
  let refusal: string | null = null
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        seen += piece.byteLength
        if (seen > bytes) refusal = tooLargeInWords(bytes)
        else if (Number.isFinite(values) && valuesWith(piece) > values) refusal = tooManyInWords(values)
        if (refusal) controller.error(new BodyTooLarge())
        else controller.enqueue(piece)
      },
    }),
  )
  // Made of its parts: Next hands over something that only looks like a request.
  const { url, method, headers, signal } = request
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body: counted, duplex: 'half' }
  try {
    const response = await handle(new Request(url, init))
    return refusal ? answer(refusal) : response
  } catch (error) {
    if (refusal) return answer(refusal)
    throw error
  }
}
