import { AUTH_ROUTES, mayUse } from '@/domain/team/permissions'
import { env } from '@/env'
import { BODY_LIMITS, withBodyLimit } from '@/server/http/body-limit'
import { foreignWords, isForeign } from '@/server/http/origin'
import { holdsNul, UNSTORABLE } from '@/server/http/unstorable'
import { getAuth, userOf } from '@/server/session'

const refuse = (status: number, code: string, message: string) => Response.json({ code, message }, { status })

async function handle(request: Request): Promise<Response> {
  if (isForeign(request, env.APP_URL)) {
    return refuse(403, 'FOREIGN_ORIGIN', foreignWords(env.APP_URL))
  }
  // The library has more addresses than are used here.
  const access = AUTH_ROUTES[`${request.method} ${new URL(request.url).pathname.replace('/api/auth', '')}`]
  if (!access) return Response.json({ message: 'There is nothing at this address.' }, { status: 404 })
  if (access !== 'anyone' && !mayUse(access, (await userOf(request.headers))?.role ?? null)) {
    return Response.json({ code: 'UNAUTHORIZED', message: 'Sign in first.' }, { status: 401 })
  }
  return withBodyLimit(request, { bytes: BODY_LIMITS.form }, async (bounded) => {
    // Whole before the library has it: what ends in an error is noise in its log.
    const body = bounded.body ? await bounded.arrayBuffer() : undefined
    // The library looks for whatever it is given, and takes what the database says of that for a fault of ours.
    if (holdsNul(bounded.url, new TextDecoder().decode(body))) return refuse(400, 'UNSTORABLE', UNSTORABLE)
    if (!body) return getAuth().handler(bounded)
    return getAuth().handler(new Request(bounded, { body }))
  })
}

export { handle as GET, handle as POST }
