import { createHash, timingSafeEqual } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import type { Deps } from '@/deps'
import { PASSWORD_LENGTH } from '@/domain/team/password-length'
import { ROLES } from '@/domain/team/roles'
import { admitSignIn, noteSignedIn } from './sign-in-limit'

type AuthSettings = Pick<Deps, 'db' | 'sql'> & {
  env: { APP_URL: string; AUTH_SECRET: string; OWNER_CODE?: string | undefined }
  /** Where the library's warnings go, with the kind of what caused them, which may carry values and so is not logged. */
  warn?: (message: string, cause?: string) => void
  /** The first account was created, by a browser in this time zone, if it names one. */
  onOwner?: (owner: { timezone: unknown }) => Promise<void>
}

/**
 * The id of the first account. Because it is always the same, the primary key lets only one of several sign-ups pass that
 * race on an empty database; counting alone would make each of them an owner.
 */
const FIRST_ACCOUNT = 'owner'

const signUpClosed = () =>
  new APIError('FORBIDDEN', {
    code: 'SIGN_UP_CLOSED',
    message: 'Sign-up is closed: ask an owner or an admin to invite you.',
  })

const wrongCode = () =>
  new APIError('FORBIDDEN', {
    code: 'WRONG_OWNER_CODE',
    message: 'This is not the one-time code. The terminal in which "npm start" runs shows it.',
  })

/** Compares codes in equal time, whatever case and dashes they were typed with. Without a code, nothing is equal to it. */
function isOwnerCode(typed: unknown, code: string | undefined): boolean {
  if (typeof typed !== 'string' || !code) return false
  const [a, b] = [typed, code].map((text) =>
    createHash('sha256')
      .update(text.toUpperCase().replace(/[^A-Z0-9]/g, ''))
      .digest(),
  )
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}

const kindOf = (cause: unknown) =>
  cause instanceof Error ? [cause.name, 'code' in cause ? cause.code : ''].join(' ').trim() : undefined

/**
 * Sign-in with email and password, sessions in cookies. The first account becomes the owner, by the one-time code
 * that only the terminal shows, then sign-up is closed.
 * One database transaction holds user, password and session: an owner without a password would lock everybody out.
 */
export function createAuth({ db, sql, env, warn, onOwner }: AuthSettings) {
  const isClosed = async () => (await db.user.count()) > 0

  return betterAuth({
    appName: 'LeadNexConnect',
    baseURL: env.APP_URL,
    basePath: '/api/auth',
    secret: env.AUTH_SECRET,
    trustedOrigins: [new URL(env.APP_URL).origin],
    telemetry: { enabled: false },
    logger: { level: 'warn', ...(warn ? { log: (_level, message, cause) => warn(message, kindOf(cause)) } : {}) },
    // A refusal was logged where it was made; failures alone are left here.
    onAPIError: {
      onError: (error) => (error instanceof APIError ? undefined : warn?.('request failed', kindOf(error))),
    },
    database: prismaAdapter(db, { provider: 'postgresql', transaction: true }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      additionalFields: { role: { type: [...ROLES], required: false, defaultValue: 'member', input: false } },
    },
    session: { expiresIn: 14 * 86_400, updateAge: 86_400 },
    advanced: {
      cookiePrefix: 'leadnexconnect',
      useSecureCookies: env.APP_URL.startsWith('https://'),
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 120,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/sign-up/email': { window: 60, max: 5 },
        '/change-password': { window: 60, max: 5 },
        '/get-session': false,
      },
    },
    databaseHooks: {
      user: {
        create: {
          // Only the public sign-up is closed: accounts that the owner adds come by another way.
          before: async (user, context) => {
            if (context?.path !== '/sign-up/email') return
            if (await isClosed()) throw signUpClosed()
            return { data: { ...user, id: FIRST_ACCOUNT, role: 'owner' } }
          },
        },
      },
    },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        if (context.path === '/sign-up/email') {
          if (await isClosed()) throw signUpClosed()
          if (!isOwnerCode(context.body?.code, env.OWNER_CODE)) throw wrongCode()
        }
        if (context.path === '/sign-in/email') await admitSignIn(sql, context.body?.email)
        // A password that is changed because it leaked must end the sessions of others.
        if (context.path === '/change-password') {
          return { context: { ...context, body: { ...context.body, revokeOtherSessions: true } } }
        }
      }),
      after: createAuthMiddleware(async (context) => {
        const { returned } = context.context
        if (context.path === '/sign-in/email' && !(returned instanceof APIError)) {
          await noteSignedIn(sql, context.body?.email)
        }
        if (context.path !== '/sign-up/email') return
        if (!(returned instanceof APIError)) return onOwner?.({ timezone: context.body?.timezone })
        // The loser of the race for the first account: its insert failed on the primary key.
        const code = returned.body?.code
        if (code !== 'SIGN_UP_CLOSED' && (await isClosed())) throw signUpClosed()
      }),
    },
  })
}

export type Auth = ReturnType<typeof createAuth>
