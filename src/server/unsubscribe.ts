import 'server-only'
import { getUnsubscribe, unsubscribe } from '@/use-cases/suppression/unsubscribe'
import { getDeps } from './deps'

/** For the public pages, which have no session: the signed token is all the authority they need. */
export const whoUnsubscribes = (token: string) => getUnsubscribe(getDeps(), { token })
/** Unsubscribes the address that the token belongs to. */
export const unsubscribeBy = (token: string) => unsubscribe(getDeps(), { token })
