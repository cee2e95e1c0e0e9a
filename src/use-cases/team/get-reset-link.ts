import { selectPasswordReset } from '@/db/queries/team/password-resets'
import type { Deps } from '@/deps'
import { hashOfToken } from '@/lib/link-token'

/** Whose password a link may change; null for any other text than that of a link which can be used. */
export const getResetLink = ({ sql, clock }: Pick<Deps, 'sql' | 'clock'>, { token }: { token: string }) =>
  selectPasswordReset(sql, { tokenHash: hashOfToken(token), at: clock.realNow() })
