/**
 * Every refusal the product knows. The code is for machines (`server/api/errors.ts` maps each to a transport code and
 * fails to compile without an entry), the message is for people: what happened, what was not touched, what to do.
 */
export type DomainErrorCode =
  | 'not_found'
  | 'invalid_input'
  | 'illegal_move'
  | 'already_running'
  | 'batch_in_use'
  | 'no_eligible_leads'
  | 'not_ready'
  | 'in_use'
  | 'in_the_past'
  | 'duplicate'
  | 'unreadable_file'
  | 'missing_column'
  | 'conflict'
  | 'unconfirmed'
  | 'last_owner'
  | 'not_allowed'

export class DomainError extends Error {
  constructor(
    readonly code: DomainErrorCode,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'DomainError'
  }
}
