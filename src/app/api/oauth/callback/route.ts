import { DomainError } from '@/domain/errors'
import { env } from '@/env'
import { routes } from '@/routes'
import { getDeps } from '@/server/deps'
import { callFrom } from '@/server/http/call-from'
import { admit } from '@/server/session'
import { recordBeginning } from '@/use-cases/audit/record-act'
import { completeSignIn, mailboxOfSignIn } from '@/use-cases/mailboxes/complete-sign-in'

const say = (status: number, words: string) =>
  new Response(words, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })

/** Where a provider sends a person back to after the sign-in of a mailbox; goes on to the page of that. */
export async function GET(request: Request): Promise<Response> {
  const admitted = await admit('GET /api/oauth/callback', request.headers)
  if (!admitted.ok) return say(admitted.status, `${admitted.words} Begin the sign-in of the mailbox again after that.`)
  const deps = getDeps()
  const { id: sessionId, user } = admitted.session
  const mailboxId = mailboxOfSignIn(deps, { url: new URL(request.url), sessionId })
  const { ip, userAgent } = callFrom(request.headers)
  const end = await recordBeginning(deps, {
    act: 'mailbox_signed_in',
    actorId: user.id,
    actorName: user.name,
    subject: null,
    subjectId: mailboxId,
    kind: 'mailbox',
    ipAddress: ip,
    userAgent,
    details: {},
  })
  try {
    // The address as the provider knows it: a proxy may have changed its beginning.
    const url = new URL(new URL(request.url).search, new URL('/api/oauth/callback', env.APP_URL))
    const signedIn = await completeSignIn(deps, { url, sessionId })
    await end('done')
    return Response.redirect(new URL(routes.mailbox(signedIn.mailboxId), env.APP_URL), 303)
  } catch (error) {
    await end(error instanceof DomainError ? 'refused' : 'failed')
    if (error instanceof DomainError) return say(400, error.message)
    deps.log.error({ err: error }, 'sign-in of a mailbox failed')
    return say(500, 'The sign-in failed for a reason of our own. Nothing was changed; the log has it.')
  }
}
