import { PLAIN_TOPICS, topicsOf } from '@/domain/live/topic'
import { getDeps } from '@/server/deps'
import { getLive, type Listener } from '@/server/live'
import { admit } from '@/server/session'

const ROUTE = 'GET /api/live'
const refuse = (status: number, words: string) =>
  new Response(words, { status, headers: { 'cache-control': 'no-store' } })

/**
 * Tells an open page what has changed, as server-sent events: `{"changed":["inbox"]}` a second after it was, `{"changed":[]}` when
 * all was looked at and is as it was. It ends with the session.
 */
export async function GET(request: Request): Promise<Response> {
  const admitted = await admit(ROUTE, request.headers)
  if (!admitted.ok) return refuse(admitted.status, admitted.words)
  const topics = topicsOf(new URL(request.url).searchParams.get('topics'))
  if (!topics) return refuse(400, `Name what to listen to: ${PLAIN_TOPICS.join(', ')}, or campaign:<id>, at most ten.`)
  const live = getLive(getDeps())
  const { id: userId } = admitted.session.user
  if (!live.hasRoom(userId)) return refuse(503, 'Too many pages listen already. This one asks now and then instead.')
  return new Response(streamOf({ userId, topics }, request, live), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // Neither kept, nor pressed together, nor gathered by a proxy until there is more of it.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

// Of looks, one a second, beside what lies on the way already. Who has read none of so many does not read.
const UNREAD_AT_MOST = 16

type Who = Pick<Listener, 'userId' | 'topics'>

function streamOf(who: Who, request: Request, live: ReturnType<typeof getLive>): ReadableStream {
  const text = new TextEncoder()
  let stop: () => void = () => undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = () => {
          stop()
          try {
            controller.close()
          } catch {
            // The reader has gone before.
          }
        }
        const unlisten = live.listen({
          ...who,
          tell(news) {
            if ((controller.desiredSize ?? 0) <= 0) return false
            controller.enqueue(text.encode(`data: ${JSON.stringify(news)}\n\n`))
            return true
          },
          end,
          isAdmitted: async () => (await admit(ROUTE, request.headers)).ok,
        })
        stop = () => {
          unlisten()
          request.signal.removeEventListener('abort', end)
        }
        request.signal.addEventListener('abort', end)
        // Gone before it was heard.
        if (request.signal.aborted) end()
      },
      cancel: () => stop(),
    },
    { highWaterMark: UNREAD_AT_MOST },
  )
}
