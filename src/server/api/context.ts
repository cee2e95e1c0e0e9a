import type { Deps } from '@/deps'
import type { Role } from '@/domain/team/roles'
import type { CallFrom } from '../http/call-from'

export type SignedInUser = { id: string; name: string; email: string; role: Role }

/** Context of a procedure: the use cases' dependencies, and the signed-in user with the session. */
export type Context = {
  deps: Deps
  user: SignedInUser | null
  sessionId?: string | undefined
  from?: CallFrom | undefined
  /** The caller has changed something some seconds ago. */
  justChanged?: boolean | undefined
}
