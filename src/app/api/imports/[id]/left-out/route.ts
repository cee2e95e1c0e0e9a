import { z } from 'zod'
import { DomainError } from '@/domain/errors'
import { getDeps } from '@/server/deps'
import { admit } from '@/server/session'
import { readLeftOut } from '@/use-cases/leads/read-left-out'

const refuse = (status: number, words: string) =>
  new Response(words, { status, headers: { 'cache-control': 'no-store' } })

/** The rows that an import has left out, as a file that is sent as it is read. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const admitted = await admit('GET /api/imports/[id]/left-out', request.headers)
  if (!admitted.ok) return refuse(admitted.status, admitted.words)
  const id = z.uuid().safeParse((await params).id)
  if (!id.success) return refuse(404, 'This import does not exist.')
  try {
    const { fileName, read } = await readLeftOut(getDeps(), { id: id.data })
    return new Response(streamOf(read()), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    })
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return refuse(404, error.message)
    throw error
  }
}

function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await texts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => {
      await texts.return(undefined)
    },
  })
}
