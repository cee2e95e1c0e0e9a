import type { Deps } from '@/deps'

export type SignedInUser = { id: string; name: string; email: string; role: 'owner' | 'member' }

/** What a procedure is given: the use cases' dependencies, and who asks. */
export type Context = { deps: Deps; user: SignedInUser | null }
