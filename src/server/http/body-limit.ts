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

type Answer = (limit: number) => Response

/** "64 kB", "30 MB". */
export const limitInWords = (limit: number) => (limit < 1024 * KB ? `${limit / KB} kB` : `${limit / KB / 1024} MB`)

export const tooLargeInWords = (limit: number) =>
  `This request is larger than ${limitInWords(limit)}, which is more than it may be. Nothing was changed.`

const tooLarge: Answer = (limit) =>
  new Response(tooLargeInWords(limit), { status: 413, headers: { 'content-type': 'text/plain; charset=utf-8' } })

/** The length that a request announces; NaN where it announces none that could be. */
export const announcedLength = (headers: Headers) => Number(headers.get('content-length') ?? 0)

class BodyTooLarge extends Error {}

/**
 * Calls `handle` with a request whose body ends in an error once it has more bytes than `limit`. One that announces more is
 * answered 413 before a byte of it is read, and one that turns out to have more as soon as it does.
 */
export async function withBodyLimit(
  request: Request,
  limit: number,
  handle: (request: Request) => Promise<Response>,
  answer: Answer = tooLarge,
): Promise<Response> {
  // No number is too large, too: what such a request means is anybody's guess.
  if (!(announcedLength(request.headers) <= limit)) return answer(limit)
  const { body } = request
  if (!body) return handle(request)
  let seen = 0
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        seen += piece.byteLength
        if (seen > limit) controller.error(new BodyTooLarge())
        else controller.enqueue(piece)
      },
    }),
  )
  // Made of its parts: Next hands over something that only looks like a request.
  const { url, method, headers, signal } = request
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body: counted, duplex: 'half' }
  try {
    const response = await handle(new Request(url, init))
    return seen > limit ? answer(limit) : response
  } catch (error) {
    if (seen > limit) return answer(limit)
    throw error
  }
}
