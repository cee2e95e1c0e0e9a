/** Why a mail is held whose worker is gone. */
export const WORKER_GONE = 'The worker stopped while this mail was on the wire.'

/** What a campaign's history says of mails that became held together. */
export const heldInWords = (mails: number): string =>
  mails === 1 ? '1 mail held: delivery unknown' : `${mails} mails held: delivery unknown`
