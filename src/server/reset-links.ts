import 'server-only'
import { getResetLink } from '@/use-cases/team/get-reset-link'
import { canEmailLinks } from '@/use-cases/team/send-reset-link'
import { getDeps } from './deps'

/** For the pages before the door. */
export const resetLinkOf = (token: string) => getResetLink(getDeps(), { token })
/** Whether this installation can email a link at all. */
export const resetsByEmail = () => canEmailLinks(getDeps())
