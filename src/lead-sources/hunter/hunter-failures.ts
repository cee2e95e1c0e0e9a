import type { ApiResponse } from '../http/api-client'
import { SourceError } from '../types'
import { errorResponse } from './hunter-responses'

/** The plan shows no further page. */
export class PageRefused extends SourceError {}
/** Hunter has nothing on this one, or may not show it (451: the person is not to be listed). Others are not affected. */
class NotFound extends SourceError {}

/** For `catch`: null where Hunter has nothing. */
export function nullIfNotFound(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}

/** The meaning of a refusal of Hunter's. */
export function toSourceError({ status, json }: ApiResponse): SourceError {
  const [first] = errorResponse.parse(json).errors
  const reason = first?.details ?? `status ${status}`
  if (status === 401)
    return new SourceError('bad_key', 'Hunter does not accept this key. Nothing was asked for with it.')
  if (status === 402 || (status === 429 && /billing period|plan|quota/i.test(reason))) {
    return new SourceError('quota', `Hunter's quota is used up: ${reason}`)
  }
  if (status === 403 && first?.id === 'forbidden') {
    return new SourceError('plan', `Hunter does not let this key or plan do that: ${reason}`)
  }
  if (status === 403 || status === 429) return new SourceError('rate', `Hunter asks for slower requests: ${reason}`)
  if (first?.id === 'pagination_error') return new PageRefused('plan', `Hunter's plan has no further pages: ${reason}`)
  if (status === 404 || status === 422 || status === 451) return new NotFound('bad_request', `Hunter: ${reason}`)
  return new SourceError('bad_request', `Hunter refused the request: ${reason}`)
}
