import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import type { Deps } from '@/deps'
import { PASSWORD_LENGTH } from '@/domain/team/password-length'
import { ROLES } from '@/domain/team/roles'
import type { AuthAct } from './auth-acts'
import { requestHooks, signUpClosed } from './auth-hooks'

type AuthSettings = Pick<Deps, 'db' | 'sql'> & {
  env: { APP_URL: string; AUTH_SECRET: string; OWNER_CODE?: string | undefined }
  /** Where the library's warnings go, with the kind of what caused them, which may carry values and so is not logged. */
  warn?: (message: string, cause?: string) => void
  /** The first account was created, by a browser in this time zone, if it names one. */
  onOwner?: (owner: { timezone: unknown }) => Promise<void>
  /** Somebody signed in, failed to, or changed their account. */
  onAct?: (act: AuthAct) => Promise<void>
}

/**
 * The id of the first account. Because it is always the same, the primary key lets only one of several sign-ups pass that
 * race on an empty database; counting alone would make each of them an owner.
 */
const FIRST_ACCOUNT = 'owner'

const kindOf = (cause: unknown) =>
  cause instanceof Error ? [cause.name, 'code' in cause ? cause.code : ''].join(' ').trim() : undefined

/**
 * Sign-in with email and password, sessions in cookies. The first account becomes the owner, by the one-time code
 * that only the terminal shows, then sign-up is closed.
 * One database transaction holds user, password and session: an owner without a password would lock everybody out.
 */
export function createAuth({ db, sql, env, warn, onOwner, onAct }: AuthSettings) {
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
      // A link for a new password is a use case of our own: it must do nothing for people who are members no more.
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
        '/two-factor/*': { window: 60, max: 10 },
        '/get-session': false,
      },
    },
    // Backup codes and the secret are sealed with AUTH_SECRET; ten wrong codes close it for 15 minutes.
    plugins: [twoFactor({ issuer: 'LeadNexConnect', backupCodeOptions: { storeBackupCodes: 'encrypted' } })],
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
    hooks: requestHooks({ sql, env, isClosed, onOwner, onAct }),
  })
}

export type Auth = ReturnType<typeof createAuth>
