import type { ApiResponse } from '../http/api-client'
import { SourceError } from '../types'
import { errorResponse } from './apollo-responses'

/** Failure for a key that Apollo refuses. */
export const badKey = () =>
  new SourceError('bad_key', 'Apollo does not accept this key. Nothing was asked for with it.')

/** The meaning of a refusal of Apollo's. */
export function toSourceError({ status, json, text }: ApiResponse): SourceError {
  const body = errorResponse.parse(json)
  const reason = body.error ?? body.message ?? body.error_message ?? (text.trim() || `status ${status}`)
  if (status === 401) return badKey()
  if (status === 402 || (status === 422 && /credit/i.test(reason))) {
    return new SourceError('quota', `Apollo's credits are used up: ${reason}`)
  }
  if (status === 403) return new SourceError('plan', `Apollo does not let this key or plan do that: ${reason}`)
  if (status === 429) return new SourceError('rate', `Apollo asks for slower requests: ${reason}`)
  return new SourceError('bad_request', `Apollo refused the request: ${reason}`)
}
