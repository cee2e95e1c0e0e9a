import { type Auth, createAuth } from '@/server/auth'
import { recordAuthAct } from '@/server/record-auth-act'
import { setHomeTimezone } from '@/use-cases/settings/set-home-timezone'
import type { Engine } from './engine'
import { OWNER_CODE } from './servers/http-app'

export const ORIGIN = 'http://localhost:3000'
export const PASSWORD = 'a few words do well'

export type Accounts = ReturnType<typeof openAccounts>

let visitors = 0
/** A network address nobody else has: the limit by network address is tested on its own. */
export const anotherPlace = () => `203.0.113.${(visitors++ % 250) + 1}`

export const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code

type Call = { cookie?: string; from?: string }

/** Signing up and in, as the web process has it, on the engine's database. */
export function openAccounts(engine: Engine) {
  const open = () =>
    createAuth({
      db: engine.db,
      sql: engine.deps.sql,
      env: { APP_URL: ORIGIN, AUTH_SECRET: 'x'.repeat(40), OWNER_CODE },
      warn: () => undefined,
      onOwner: (owner) => setHomeTimezone(engine.deps, owner),
      onAct: (act) => recordAuthAct(engine.deps, act),
    })
  let auth: Auth = open()
  const call = (path: string, body: unknown, { cookie, from = anotherPlace() }: Call = {}) =>
    auth.handler(
      new Request(`${ORIGIN}/api/auth${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: ORIGIN,
          'x-forwarded-for': from,
          ...(cookie ? { cookie } : {}),
        },
        body: JSON.stringify(body),
      }),
    )
  const signIn = (email: string, password = PASSWORD, from?: string) =>
    call('/sign-in/email', { email, password }, from ? { from } : {})
  return {
    call,
    signUp: (email = 'mira@nexa.example', extra: object = {}) =>
      call('/sign-up/email', { name: 'Mira', email, password: PASSWORD, code: OWNER_CODE, ...extra }),
    signIn,
    guess: (email = 'mira@nexa.example', from?: string) => signIn(email, 'not the right words', from),
    userOf: async (cookie: string) => (await auth.api.getSession({ headers: new Headers({ cookie }) }))?.user ?? null,
    /** Everything that the library offers, by its names. */
    endpoints: auth.api,
    /** As after a new start of the process. */
    restart: () => {
      auth = open()
    },
    clear: async () => {
      await engine.db.user.deleteMany()
      await engine.pool.query('DELETE FROM rate_limits')
      await engine.pool.query('DELETE FROM sign_in_failures')
    },
  }
}
