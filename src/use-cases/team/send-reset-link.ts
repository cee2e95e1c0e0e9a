import { createHash } from 'node:crypto'
import { selectMemberByEmail } from '@/db/queries/team/password-resets'
import { countSignInFailure } from '@/db/queries/team/sign-in-failures'
import type { Deps } from '@/deps'
import { countedAddress } from '@/lib/client-address'
import { createResetLink } from './create-reset-link'
import { findAccountMailbox, sendAccountEmail } from './send-account-email'

const WINDOW_MS = 15 * 60_000
const OF_AN_ADDRESS = 3
const OF_A_PLACE = 20

const keyOf = (text: string) => createHash('sha256').update(`reset ${text}`).digest('hex').slice(0, 32)

/**
 * Emails a link for a new password to a member, which works for an hour. Does nothing for any other address, and none of what
 * it does tells which it was; `place`: where it was asked from, which may ask 20 times in 15 minutes
 * (an IPv6 network of 64 bits is one place), for one address 3 times.
 */
export async function sendResetLink(
  deps: Deps,
  { email, place }: { email: string; place: string | null },
): Promise<'sent' | 'not_sent' | 'nobody' | 'often'> {
  const now = deps.clock.realNow()
  const count = (accountKey: string) => countSignInFailure(deps.sql, { accountKey, now, windowMs: WINDOW_MS })
  if (place && (await count(keyOf(`from ${countedAddress(place)}`))) > OF_A_PLACE) return 'often'
  if ((await count(keyOf(email))) > OF_AN_ADDRESS) return 'often'
  const member = await selectMemberByEmail(deps.sql, email)
  if (!member) return 'nobody'
  if (!(await findAccountMailbox(deps))) return 'not_sent'
  const { url } = await createResetLink(
    { sql: deps.sql, appUrl: deps.config.appUrl },
    { userId: member.id, now, hours: 1 },
  )
  const emailed = await sendAccountEmail(deps, {
    to: member.email,
    subject: 'Your new password for LeadNexConnect',
    lines: [
      `Somebody asked for a new password for your account at ${new URL(deps.config.appUrl).host}.`,
      'Open this link to choose one. It works once, within an hour:',
      url,
      'If it was not you, do nothing: your password stays as it is.',
    ],
  })
  return emailed.sent ? 'sent' : 'not_sent'
}

/** Whether this installation can send such a link at all. */
export const canEmailLinks = async (deps: Pick<Deps, 'db' | 'clock' | 'config'>): Promise<boolean> =>
  (await findAccountMailbox(deps)) !== null
