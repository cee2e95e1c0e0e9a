/**
 * The calls that screens make to the sign-in API, which answers errors as `{ message, code }`. Plain `fetch`: the library's
 * client would bring a store for sessions that the server already hands to every page.
 */
export type Answer = { ok: true } | { ok: false; message: string }

const UNREACHABLE = 'The server could not be reached. Check that it is running, then try again.'

async function post(path: string, body: unknown): Promise<Answer> {
  try {
    const response = await fetch(`/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return { ok: true }
    const answer: unknown = await response.json().catch(() => null)
    return { ok: false, message: plain(response, answer) }
  } catch {
    return { ok: false, message: UNREACHABLE }
  }
}

/** Of the sign-in, or of the API. */
type Refusal = { message?: string; code?: string; error?: { json?: { message?: string } } }

function plain(response: Response, answer: unknown) {
  const { error, message = error?.json?.message, code } = (answer ?? {}) as Refusal
  if (code === 'INVALID_EMAIL_OR_PASSWORD') return 'This email address and password do not belong together.'
  if (response.status === 429 && code !== 'TOO_MANY_ATTEMPTS') {
    const seconds = Number(response.headers.get('x-retry-after'))
    return `Too many attempts. Try again in ${seconds > 0 ? `${seconds} s` : 'a minute'}.`
  }
  return message ?? 'The server could not do this. Its log says why.'
}

export const signIn = (credentials: { email: string; password: string }) => post('auth/sign-in/email', credentials)

type Owner = { code: string; name: string; email: string; password: string; timezone: string }

export const signUpOwner = (owner: Owner) => post('auth/sign-up/email', owner)

type Invited = { token: string; name: string; password: string }

/** By the API itself: its client is for pages behind the door. */
export const acceptInvitation = (invited: Invited) => post('trpc/invitations.accept', { json: invited })

/** Whether it worked. */
export const signOut = async () => (await post('auth/sign-out', {})).ok
