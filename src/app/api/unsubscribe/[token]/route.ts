import { BODY_LIMITS, withBodyLimit } from '@/server/http/body-limit'
import { admitLink, unsubscribeBy } from '@/server/unsubscribe'

type Params = { params: Promise<{ token: string }> }

const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } })

/** The address in `List-Unsubscribe`. Opening it changes nothing: it leads to the page with the button. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  return seeOther(`/u/${encodeURIComponent((await params).token)}`)
}

/**
 * One click by an email program (RFC 8058), or the button of the page. Needs no cookie, no origin and no confirmation. Of a
 * request without a link of ours nothing is read.
 */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params
  const link = await admitLink(token)
  if (link === 'none') return new Response('This link is not valid', { status: 404 })
  if (link === 'often') {
    return new Response('This link was used very often just now. Try again in a minute.', {
      status: 429,
      headers: { 'retry-after': '60' },
    })
  }
  return withBodyLimit(request, { bytes: BODY_LIMITS.form }, async (bounded) => {
    const form = await bounded.formData().catch(() => null)
    const done = await unsubscribeBy(token)
    if (form?.get('from') === 'page') return seeOther(`/u/${encodeURIComponent(token)}`)
    return new Response(done ? 'Unsubscribed' : 'This link is not valid', { status: done ? 200 : 404 })
  })
}
