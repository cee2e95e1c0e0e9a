import { z } from 'zod'
import type { Deps } from '@/deps'
import { OAUTH_PROVIDERS } from '@/domain/mailbox/oauth'
import { decrypt, encrypt } from '@/lib/encryption'

const content = z.object({
  mailboxId: z.uuid(),
  provider: z.enum(OAUTH_PROVIDERS),
  verifier: z.string(),
  until: z.number(),
})
export type SignInState = Omit<z.infer<typeof content>, 'until'>

const LASTS_MS = 10 * 60_000

const placeOf = (sessionId: string) => `sign_in_states/${sessionId}`

/** What a sign-in needs once the person comes back, sealed for the session that asked: nobody else can make or use it. */
export function sealState(
  { config, clock }: Pick<Deps, 'config' | 'clock'>,
  sessionId: string,
  state: SignInState,
): string {
  const until = clock.realNow().getTime() + LASTS_MS
  return encrypt(config.encryptionKey, JSON.stringify({ ...state, until }), placeOf(sessionId))
}

/** Null for what another session asked for, nobody did, or was asked for too long ago. */
export function openState(
  { config, clock }: Pick<Deps, 'config' | 'clock'>,
  sessionId: string,
  sealed: string,
): SignInState | null {
  try {
    const { until, ...state } = content.parse(JSON.parse(decrypt(config.encryptionKey, sealed, placeOf(sessionId))))
    return until >= clock.realNow().getTime() ? state : null
  } catch {
    return null
  }
}
