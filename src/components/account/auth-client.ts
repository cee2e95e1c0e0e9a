/**
 * The three calls the screens make to the sign-in API, which answers errors as `{ message, code }`. Plain `fetch`: the
 * library's client would bring a store for sessions that the server already hands to every page.
 */
export type Answer = { ok: true } | { ok: false; message: string }

async function post(path: string, body: unknown): Promise<Answer> {
  try {
    const response = await fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return { ok: true }
    const answer: unknown = await response.json().catch(() => null)
    return { ok: false, message: plain(response, answer) }
  } catch {
    return { ok: false, message: 'The server could not be reached. Check that it is running, then try again.' }
  }
}

function plain(response: Response, answer: unknown) {
  const { message, code } = (answer ?? {}) as { message?: string; code?: string }
  if (code === 'INVALID_EMAIL_OR_PASSWORD') return 'This email address and password do not belong together.'
  if (response.status === 429 && code !== 'TOO_MANY_ATTEMPTS') {
    const seconds = Number(response.headers.get('x-retry-after'))
    return `Too many attempts. Try again in ${seconds > 0 ? `${seconds} s` : 'a minute'}.`
  }
  return message ?? 'The server could not do this. Its log says why.'
}

export const signIn = (credentials: { email: string; password: string }) => post('sign-in/email', credentials)

type Owner = { code: string; name: string; email: string; password: string; timezone: string }

export const signUpOwner = (owner: Owner) => post('sign-up/email', owner)

/** Whether it worked. */
export const signOut = async () => (await post('sign-out', {})).ok
