import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import { HTTP_ROUTES, mayUse, refusalWords } from '@/domain/team/permissions'
import { roleOf } from '@/domain/team/roles'
import { env } from '@/env'
import { setHomeTimezone } from '@/use-cases/settings/set-home-timezone'
import type { SignedInUser } from './api/context'
import { type Auth, createAuth } from './auth'
import { getDeps } from './deps'
import { recordAuthAct } from './record-auth-act'

let auth: Auth | undefined

/** The one instance of this web process. */
export function getAuth() {
  if (!auth) {
    const deps = getDeps()
    const { db, sql, log } = deps
    const warn = (message: string, cause?: string) => log.warn({ at: 'auth', cause }, message)
    const onOwner = (owner: { timezone: unknown }) => setHomeTimezone(deps, owner)
    auth = createAuth({ db, sql, env, warn, onOwner, onAct: (act) => recordAuthAct(deps, act) })
  }
  return auth
}

type SignedInSession = { id: string; user: SignedInUser }

/** Returns the session of these headers, or null. */
export async function sessionOf(requestHeaders: Headers): Promise<SignedInSession | null> {
  const session = await getAuth().api.getSession({ headers: requestHeaders })
  if (!session) return null
  const { id, name, email, role } = session.user
  return { id: session.session.id, user: { id, name, email, role: roleOf(role) } }
}

/** Returns the user of these headers, or null. */
export const userOf = async (requestHeaders: Headers): Promise<SignedInUser | null> =>
  (await sessionOf(requestHeaders))?.user ?? null

type Admitted = { ok: true; session: SignedInSession } | { ok: false; status: 401 | 403; words: string }

/** The session of whoever may use this address ("POST /api/uploads") of those for the signed in, or why they may not. */
export async function admit(route: string, requestHeaders: Headers): Promise<Admitted> {
  const session = await sessionOf(requestHeaders)
  if (!session) return { ok: false, status: 401, words: 'Sign in first.' }
  const access = HTTP_ROUTES[route]
  if (mayUse(access, session.user.role)) return { ok: true, session }
  return { ok: false, status: 403, words: refusalWords(access) }
}

/** User of the page being rendered; read once per page. */
export const currentUser = cache(async () => userOf(await headers()))

/** Whether there is no account yet. */
export const isFirstRun = cache(async () => (await getDeps().db.user.count()) === 0)
