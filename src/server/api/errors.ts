import type { TRPC_ERROR_CODE_KEY } from '@trpc/server'
import type { DomainErrorCode } from '@/domain/errors'

/** Exhaustive: a new domain error does not compile until it has a transport code. */
export const TRPC_CODE: Record<DomainErrorCode, TRPC_ERROR_CODE_KEY> = {
  not_found: 'NOT_FOUND',
  invalid_input: 'BAD_REQUEST',
  illegal_move: 'CONFLICT',
  already_running: 'CONFLICT',
  batch_in_use: 'CONFLICT',
  no_eligible_leads: 'PRECONDITION_FAILED',
  not_ready: 'PRECONDITION_FAILED',
  in_use: 'CONFLICT',
  in_the_past: 'BAD_REQUEST',
  duplicate: 'CONFLICT',
  unreadable_file: 'BAD_REQUEST',
  missing_column: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  unconfirmed: 'PRECONDITION_FAILED',
  last_owner: 'CONFLICT',
  not_allowed: 'FORBIDDEN',
}
