import { APIError } from 'better-auth/api'
import type { Act } from '@/domain/audit/acts'
import { typedAddress } from '@/use-cases/audit/record-act'
import { type CallFrom, callFrom } from './http/call-from'

/** What somebody did at an address of the sign-in. */
export type AuthAct = {
  act: Act
  outcome: 'done' | 'refused'
  user: { id: string; name: string } | null
  /** Instead of a user: the address that was typed. */
  typed: string | null
  from: CallFrom
}

type Person = { id: string; name: string; twoFactorEnabled?: boolean | null | undefined }
/** The part of the library's context that tells it. */
type AfterContext = {
  path?: string | undefined
  body?: unknown
  headers?: Headers | undefined
  context: {
    returned?: unknown
    newSession?: { user: Person } | null | undefined
    session?: { user: Person } | null | undefined
  }
}

const ACT_AT: Readonly<Record<string, Act>> = {
  '/sign-up/email': 'owner_created',
  '/sign-in/email': 'signed_in',
  '/change-password': 'password_changed',
  '/two-factor/disable': 'two_factor_off',
  '/two-factor/generate-backup-codes': 'backup_codes_renewed',
  '/two-factor/verify-backup-code': 'signed_in',
}

/** What a request has done or failed to do; null for what leaves no line. */
export function actAfter({ path = '', body, headers = new Headers(), context }: AfterContext): AuthAct | null {
  const act = actOf(path, headers)
  if (!act) return null
  const user = context.newSession?.user ?? context.session?.user ?? null
  const from = callFrom(headers)
  if (context.returned instanceof APIError) return { act, outcome: 'refused', user, typed: typedIn(body), from }
  // The password was right, and the second factor is still to come.
  if (path === '/sign-in/email' && (!user || user.twoFactorEnabled)) return null
  return { act, outcome: 'done', user, typed: null, from }
}

function actOf(path: string, headers: Headers): Act | undefined {
  if (path !== '/two-factor/verify-totp') return ACT_AT[path]
  // A cookie of the first step: a sign-in. Without, somebody who is signed in turns it on.
  return /two_factor=[^;]/.test(headers.get('cookie') ?? '') ? 'signed_in' : 'two_factor_on'
}

const typedIn = (body: unknown) =>
  typeof body === 'object' && body !== null && 'email' in body ? typedAddress(body.email) : null
