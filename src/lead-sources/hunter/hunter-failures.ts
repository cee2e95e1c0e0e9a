import type { Answer } from '../http/api-client'
import { SourceError } from '../types'
import { errorAnswer } from './hunter-responses'

/** The plan shows no further page. */
export class PageRefused extends SourceError {}
/** Hunter has nothing on this one, or may not say it (451: the person asked not to be listed). Others are not affected. */
class NothingThere extends SourceError {}

/** For `catch`: an answer that is not there. */
export function nothingThere(error: unknown): null {
  if (error instanceof NothingThere) return null
  throw error
}

/** What a refusal of Hunter's means. */
export function judge({ status, json }: Answer): SourceError {
  const [first] = errorAnswer.parse(json).errors
  const said = first?.details ?? `status ${status}`
  if (status === 401)
    return new SourceError('bad_key', 'Hunter does not accept this key. Nothing was asked for with it.')
  if (status === 402 || (status === 429 && /billing period|plan|quota/i.test(said))) {
    return new SourceError('quota', `Hunter's quota is used up: ${said}`)
  }
  if (status === 403 && first?.id === 'forbidden') {
    return new SourceError('plan', `Hunter does not let this key or plan do that: ${said}`)
  }
  if (status === 403 || status === 429) return new SourceError('rate', `Hunter asks for slower requests: ${said}`)
  if (first?.id === 'pagination_error') return new PageRefused('plan', `Hunter's plan has no further pages: ${said}`)
  if (status === 404 || status === 422 || status === 451) return new NothingThere('bad_request', `Hunter: ${said}`)
  return new SourceError('bad_request', `Hunter refused the request: ${said}`)
}
