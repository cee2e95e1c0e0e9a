/** States of one planned email. `sending` and `held` guard the promise that no email is sent twice or lost. */
export const EMAIL_STATUSES = ['pending', 'sending', 'held', 'sent', 'failed', 'skipped', 'cancelled'] as const
export type EmailStatus = (typeof EMAIL_STATUSES)[number]

/** An email in these may still be sent, or was sent without our knowing: it keeps the lead's next step and the campaign open. */
export const OPEN_STATUSES = ['pending', 'sending', 'held'] as const satisfies readonly EmailStatus[]

/** Whether the fate of an email with this status is open. */
export const isOpenStatus = (status: EmailStatus): boolean => (OPEN_STATUSES as readonly EmailStatus[]).includes(status)

/** What the record of an email says of its delivery when no server has. */
export const ASSUMED_DELIVERED = 'Treated as delivered: the answer of the server is unknown.'

/** Counts of planned emails by state. `planned` is always the sum of the rest. */
export type Ledger = { planned: number } & Record<EmailStatus, number>

export const EMPTY_LEDGER: Ledger = {
  planned: 0,
  pending: 0,
  sending: 0,
  held: 0,
  sent: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
}

/** Adds up counts by state. A state that is not ours is a fault of the data and throws: a ledger never hides rows. */
export function ledgerOf(counts: Iterable<{ status: string; count: number }>): Ledger {
  const ledger = { ...EMPTY_LEDGER }
  for (const { status, count } of counts) {
    if (!isEmailStatus(status)) throw new Error(`"${status}" is no state of a planned email`)
    ledger[status] += count
    ledger.planned += count
  }
  return ledger
}

const isEmailStatus = (status: string): status is EmailStatus => (EMAIL_STATUSES as readonly string[]).includes(status)

/** True when nothing is left that could still be sent or is unknown: the email side of completion. */
export const nothingLeft = (ledger: Ledger): boolean => OPEN_STATUSES.every((status) => ledger[status] === 0)

// More than half failed, of more than ten planned.
const FAILURE_SHARE = 0.5
const FAILURE_MIN_PLANNED = 10

/** True when so many emails failed that the campaign must stop and be looked at. */
export const tooManyFailed = ({ failed, planned }: Pick<Ledger, 'failed' | 'planned'>): boolean =>
  planned > FAILURE_MIN_PLANNED && failed / planned > FAILURE_SHARE
