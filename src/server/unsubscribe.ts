import 'server-only'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { readUnsubscribeToken } from '@/lib/encryption'
import { getSenderName } from '@/use-cases/suppression/get-sender-name'
import { getUnsubscribe, unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { getDeps } from './deps'

const CLICKS = 60
const SECONDS = 60

// Of this process alone, and without the database: there is nothing to guess, and a flood must not reach it.
const clicks = new RateLimiterMemory({ points: CLICKS, duration: SECONDS })

/**
 * Whether a link may be asked for: `none` when this installation has not signed it, `often` when it was asked for 60 times
 * within a minute. Neither asks the database.
 */
export async function admitLink(token: string): Promise<'admitted' | 'none' | 'often'> {
  const id = readUnsubscribeToken(getDeps().config.consentKey, token)
  if (id === null) return 'none'
  return clicks.consume(id).then(
    () => 'admitted',
    () => 'often',
  )
}

/** For the public pages, which have no session: the signed token is all the authority they need. */
export const whoUnsubscribes = (token: string) => getUnsubscribe(getDeps(), { token })
/** The company that sent the email of a link; null where the settings do not say. */
export const senderName = () => getSenderName(getDeps())
/** Unsubscribes the address that the token belongs to. */
export const unsubscribeBy = (token: string) => unsubscribe(getDeps(), { token })
