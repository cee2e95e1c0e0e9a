import { z } from 'zod'
import { DomainError } from '@/domain/errors'
import { frameDocument, framePolicy } from '@/domain/inbox/frame-document'
import { getDeps } from '@/server/deps'
import { admit } from '@/server/session'
import { getReceivedMessage } from '@/use-cases/leads/get-received-message'

const say = (status: number, words: string) =>
  new Response(words, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })

/**
 * A received HTML email with pictures from elsewhere, for a frame: the policy of the page around it would keep them away. Whatever
 * opens it, it runs nothing and has no origin.
 */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const admitted = await admit('GET /api/messages/[id]', request.headers)
  if (!admitted.ok) return say(admitted.status, admitted.words)
  const id = z.uuid().safeParse((await params).id)
  if (!id.success) return say(404, 'There is no such message.')
  try {
    const { html } = await getReceivedMessage(getDeps(), id.data)
    if (html === null) return say(404, 'This message has no HTML.')
    return new Response(frameDocument(html, { pictures: true }), {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `${framePolicy({ pictures: true })}; sandbox; frame-ancestors 'self'`,
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (error instanceof DomainError) return say(404, error.message)
    throw error
  }
}
