import type { Deps } from '@/deps'

export type SignedInUser = { id: string; name: string; email: string; role: 'owner' | 'member' }

/** Context of a procedure: the use cases' dependencies, and the signed-in user with the session. */
export type Context = { deps: Deps; user: SignedInUser | null; sessionId?: string | undefined }
