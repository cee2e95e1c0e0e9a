import { selectOpenInvitation } from '@/db/queries/team/accept-invitation'
import type { Deps } from '@/deps'
import { hashOfToken } from '@/lib/link-token'

/** The invitation of a link, as long as it can be accepted; null for any other text. */
export const getInvitation = ({ sql, clock }: Pick<Deps, 'sql' | 'clock'>, { token }: { token: string }) =>
  selectOpenInvitation(sql, { tokenHash: hashOfToken(token), at: clock.realNow() })
