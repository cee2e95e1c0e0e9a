import { env } from '@/env'
import { BODY_LIMITS, withBodyLimit } from '@/server/http/body-limit'
import { FOREIGN, isForeign } from '@/server/http/origin'
import { getAuth } from '@/server/session'

async function handle(request: Request): Promise<Response> {
  if (isForeign(request, env.APP_URL)) {
    const message = `${FOREIGN} The app is at ${env.APP_URL}.`
    return Response.json({ code: 'FOREIGN_ORIGIN', message }, { status: 403 })
  }
  return withBodyLimit(request, BODY_LIMITS.form, async (bounded) => {
    if (!bounded.body) return getAuth().handler(bounded)
    // Whole before the library has it: what ends in an error is noise in its log.
    const body = await bounded.arrayBuffer()
    return getAuth().handler(new Request(bounded, { body }))
  })
}

export { handle as GET, handle as POST }
