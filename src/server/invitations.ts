import 'server-only'
import { getInvitation } from '@/use-cases/team/get-invitation'
import { getDeps } from './deps'

/** For the page of a link, whose visitor has no account yet. */
export const invitationOf = (token: string) => getInvitation(getDeps(), { token })
