import 'server-only'
import { readUnsubscribeToken } from '@/lib/encryption'
import { getSenderName } from '@/use-cases/suppression/get-sender-name'
import { getUnsubscribe, unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { getDeps } from './deps'

/** For the public pages, which have no session: the signed token is all the authority they need. */
export const whoUnsubscribes = (token: string) => getUnsubscribe(getDeps(), { token })
/** The company that sent the email of a link; null where the settings do not say. */
export const senderName = () => getSenderName(getDeps())
/** Whether this installation signed the token. Asks nobody. */
export const isOurLink = (token: string) => readUnsubscribeToken(getDeps().config.consentKey, token) !== null
/** Unsubscribes the address that the token belongs to. */
export const unsubscribeBy = (token: string) => unsubscribe(getDeps(), { token })
