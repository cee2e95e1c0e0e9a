import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api'
import type { Sql } from '@/db/sql'
import { COMMON_PASSWORD, PASSWORD_LENGTH } from '@/domain/team/password-length'
import { isCommonPassword } from '@/lib/password'
import { isSameSecret } from '@/lib/same-secret'
import { type AuthAct, actAfter } from './auth-acts'
import { callFrom } from './http/call-from'
import { admitSignIn, noteSignedIn } from './sign-in-limit'

type HookSettings = {
  sql: Sql
  env: { OWNER_CODE?: string | undefined }
  isClosed: () => Promise<boolean>
  onOwner: ((owner: { timezone: unknown }) => Promise<void>) | undefined
  onAct: ((act: AuthAct) => Promise<void>) | undefined
}

/** The answer once there is an account. */
export const signUpClosed = () =>
  new APIError('FORBIDDEN', {
    code: 'SIGN_UP_CLOSED',
    message: 'Sign-up is closed: ask an owner or an admin to invite you.',
  })

const wrongCode = () =>
  new APIError('FORBIDDEN', {
    code: 'WRONG_OWNER_CODE',
    message: 'This is not the one-time code. The terminal in which "npm start" runs shows it.',
  })

function refuseCommon(password: unknown, own: readonly unknown[]): void {
  // What is no text, or too short, the library refuses by itself.
  if (typeof password !== 'string' || password.length < PASSWORD_LENGTH.min) return
  const texts = own.filter((text) => typeof text === 'string')
  if (!isCommonPassword(password, texts)) return
  throw new APIError('BAD_REQUEST', { code: 'COMMON_PASSWORD', message: COMMON_PASSWORD })
}

/** Compares codes in equal time, whatever case and dashes they were typed with. Without a code, nothing is equal to it. */
function isOwnerCode(typed: unknown, code: string | undefined): boolean {
  if (typeof typed !== 'string' || !code) return false
  const bare = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return isSameSecret(bare(typed), bare(code))
}

/** What is asked before each request of the sign-in, and what follows from it. */
export function requestHooks({ sql, env, isClosed, onOwner, onAct }: HookSettings) {
  // What is refused before it begins is not seen after it.
  const tellRefused = async (context: Parameters<typeof actAfter>[0]) => {
    const refused = actAfter(context)
    if (refused) await onAct?.(refused)
  }
  const before = createAuthMiddleware(async (context) => {
    if (context.path === '/sign-up/email') {
      if (await isClosed()) throw signUpClosed()
      if (!isOwnerCode(context.body?.code, env.OWNER_CODE)) throw wrongCode()
      refuseCommon(context.body?.password, [context.body?.name, context.body?.email])
    }
    if (context.path === '/sign-in/email') {
      await admitSignIn(sql, context.body?.email).catch(async (error: unknown) => {
        await tellRefused({ ...context, context: { returned: error } })
        throw error
      })
    }
    if (context.path === '/sign-out' && onAct) {
      const session = await getSessionFromCtx(context)
      const from = callFrom(context.headers ?? new Headers())
      if (session) await onAct({ act: 'signed_out', outcome: 'done', user: session.user, typed: null, from })
    }
    // A password that is changed because it leaked must end the sessions of others.
    if (context.path === '/change-password') {
      const session = await getSessionFromCtx(context)
      try {
        refuseCommon(context.body?.newPassword, [session?.user.name, session?.user.email])
      } catch (error) {
        await tellRefused({ ...context, context: { returned: error, session } })
        throw error
      }
      return { context: { ...context, body: { ...context.body, revokeOtherSessions: true } } }
    }
  })
  const after = createAuthMiddleware(async (context) => {
    const { returned } = context.context
    const act = actAfter(context)
    if (act) await onAct?.(act)
    if (context.path === '/sign-in/email' && !(returned instanceof APIError)) {
      await noteSignedIn(sql, context.body?.email)
    }
    if (context.path !== '/sign-up/email') return
    if (!(returned instanceof APIError)) return onOwner?.({ timezone: context.body?.timezone })
    // The loser of the race for the first account: its insert failed on the primary key.
    const code = returned.body?.code
    if (code !== 'SIGN_UP_CLOSED' && (await isClosed())) throw signUpClosed()
  })
  return { before, after }
}
