/**
 * The calls that screens make to the sign-in API, which answers errors as `{ message, code }`. Plain `fetch`: the library's
 * client would bring a store for sessions that the server already hands to every page.
 */
export type Answer<Data = unknown> = { ok: true; data: Data } | { ok: false; message: string }

const UNREACHABLE = 'The server could not be reached. Check that it is running, then try again.'

async function post<Data = unknown>(path: string, body: unknown): Promise<Answer<Data>> {
  try {
    const response = await fetch(`/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer: unknown = await response.json().catch(() => null)
    return response.ok ? { ok: true, data: answer as Data } : { ok: false, message: plain(response, answer) }
  } catch {
    return { ok: false, message: UNREACHABLE }
  }
}

/** Of the sign-in, or of the API. */
type Refusal = { message?: string; code?: string; error?: { json?: { message?: string } } }

const WORDS: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'This email address and password do not belong together.',
  INVALID_PASSWORD: 'This is not your present password. Nothing was changed.',
  INVALID_CODE: 'This code is not right, or its time is over. Enter the one that the app shows now.',
  INVALID_BACKUP_CODE: 'This is none of your backup codes, or it was used before.',
  INVALID_TWO_FACTOR_COOKIE: 'This took too long. Enter email address and password again.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'Too many wrong codes. Enter email address and password again.',
  ACCOUNT_TEMPORARILY_LOCKED: 'Too many wrong codes for this account. Wait 15 minutes, then try again.',
}

function plain(response: Response, answer: unknown) {
  const { error, message = error?.json?.message, code = '' } = (answer ?? {}) as Refusal
  const words = WORDS[code]
  if (words) return words
  if (response.status === 429 && code !== 'TOO_MANY_ATTEMPTS') {
    const seconds = Number(response.headers.get('x-retry-after'))
    return `Too many attempts. Try again in ${seconds > 0 ? `${seconds} s` : 'a minute'}.`
  }
  return message ?? 'The server could not do this. Its log says why.'
}

/** `twoFactorRedirect`: the password was right, and a second factor is asked for. */
export const signIn = (credentials: { email: string; password: string }) =>
  post<{ twoFactorRedirect?: boolean } | null>('auth/sign-in/email', credentials)

/** The second step of a sign-in: a code of the app, or one of the backup codes. */
export const verifyCode = ({ code }: { code: string }) => {
  const typed = code.trim()
  return /^\d[\d ]*$/.test(typed)
    ? post('auth/two-factor/verify-totp', { code: typed.replaceAll(' ', '') })
    : post('auth/two-factor/verify-backup-code', { code: typed })
}

type Owner = { code: string; name: string; email: string; password: string; timezone: string }

export const signUpOwner = (owner: Owner) => post('auth/sign-up/email', owner)

type Invited = { token: string; name: string; password: string }

/** By the API itself: its client is for pages behind the door. */
export const acceptInvitation = (invited: Invited) => post('trpc/invitations.accept', { json: invited })
export const requestReset = (asked: { email: string }) => post('trpc/account.requestReset', { json: asked })
export const resetPassword = (chosen: { token: string; password: string }) =>
  post('trpc/account.resetPassword', { json: chosen })

export const changePassword = (passwords: { currentPassword: string; newPassword: string }) =>
  post('auth/change-password', passwords)

/** Begins a second factor: it holds once a code of the app was entered. */
export const beginTwoFactor = (password: string) =>
  post<{ totpURI: string; backupCodes: string[] }>('auth/two-factor/enable', { password })
export const endTwoFactor = (password: string) => post('auth/two-factor/disable', { password })
export const renewBackupCodes = (password: string) =>
  post<{ backupCodes: string[] }>('auth/two-factor/generate-backup-codes', { password })

/** Whether it worked. */
export const signOut = async () => (await post('auth/sign-out', {})).ok
