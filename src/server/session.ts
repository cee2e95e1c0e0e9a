import 'server-only'
import { headers } from 'next/headers'
import { cache } from 'react'
import { env } from '@/env'
import { setHomeTimezone } from '@/use-cases/settings/set-home-timezone'
import type { SignedInUser } from './api/context'
import { type Auth, createAuth } from './auth'
import { getDeps } from './deps'

let auth: Auth | undefined

/** The one instance of this web process. */
export function getAuth() {
  if (!auth) {
    const deps = getDeps()
    const { db, sql, log } = deps
    const warn = (message: string, cause?: string) => log.warn({ at: 'auth', cause }, message)
    auth = createAuth({ db, sql, env, warn, onOwner: (owner) => setHomeTimezone(deps, owner) })
  }
  return auth
}

/** Returns the session of these headers, or null. */
export async function sessionOf(requestHeaders: Headers): Promise<{ id: string; user: SignedInUser } | null> {
  const session = await getAuth().api.getSession({ headers: requestHeaders })
  if (!session) return null
  const { id, name, email, role } = session.user
  return { id: session.session.id, user: { id, name, email, role: role === 'owner' ? 'owner' : 'member' } }
}

/** Returns the user of these headers, or null. */
export const userOf = async (requestHeaders: Headers): Promise<SignedInUser | null> =>
  (await sessionOf(requestHeaders))?.user ?? null

/** User of the page being rendered; read once per page. */
export const currentUser = cache(async () => userOf(await headers()))

/** Whether there is no account yet. */
export const isFirstRun = cache(async () => (await getDeps().db.user.count()) === 0)
