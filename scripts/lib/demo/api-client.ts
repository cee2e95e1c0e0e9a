import { createTRPCClient, httpBatchLink } from '@trpc/client'
import superjson from 'superjson'
import type { AppRouter } from '../../../src/server/api/root'
import type { RunningApp } from '../app/start-app'
import { Problem } from '../problem'

export type ApiClient = Awaited<ReturnType<typeof signUp>>

/**
 * Creates the owner of a fresh installation and returns a client that is signed in as them. `origin`: the address that people use,
 * where it is another than the one that is asked.
 */
export async function signUp(
  { url, ownerCode, origin = url }: Pick<RunningApp, 'url' | 'ownerCode'> & { origin?: string },
  owner: { name: string; email: string; password: string },
) {
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ ...owner, code: ownerCode }),
  })
  if (!response.ok) throw new Problem(`The owner could not be created: ${response.status} ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((entry) => entry.split(';', 1)[0])
    .join('; ')
  return createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: `${url}/api/trpc`, transformer: superjson, headers: { cookie, origin } })],
  })
}
