import type { Email, Message, Model } from '../state'

export const isUnsure = ({ kind, sure }: Message) => kind === 'stop_request' && !sure
const isByHand = ({ kind, corrected }: Message) => kind === 'own' && !corrected

/** Since the email was planned its lead was answered by hand, or a wish to stop waits for a person: what was not planned then stays so. */
export const isHeldBack = (m: Model, { lead, plannedAt }: Email) =>
  m.messages.some((one) => one.email.lead === lead && one.at >= plannedAt && (isUnsure(one) || isByHand(one)))
