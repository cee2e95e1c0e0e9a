import { z } from 'zod'
import type { ApiResponse } from '../http/api-client'
import { optionalList, part, text } from '../http/lenient-schema'
import { SourceError } from '../types'

const errorResponse = z.object({
  error: part(
    z.object({
      status: text,
      message: text,
      details: optionalList(z.object({ reason: text, metadata: part(z.object({ quota_unit: text })) })),
    }),
  ),
})

/** The meaning of a refusal of Google's. */
export function toSourceError({ status, json }: ApiResponse): SourceError {
  const { error } = part(errorResponse).parse(json)
  const reason = error.message ?? `status ${status}`
  const codes = error.details.map((detail) => detail.reason)
  if (codes.includes('API_KEY_INVALID') || status === 401 || /API key (not valid|expired)/i.test(reason)) {
    return new SourceError('bad_key', 'Google does not accept this key. Nothing was asked for with it.')
  }
  if (status === 403 && /unregistered callers|without.*identity|API key.*missing/i.test(reason)) {
    return new SourceError('bad_key', 'Google got no key. Enter one, and save.')
  }
  if (status === 403) return new SourceError('plan', `Google does not let this key do that: ${reason}`)
  if (status === 429) {
    const daily = error.details.some(({ metadata }) => metadata.quota_unit?.startsWith('1/d'))
    return daily
      ? new SourceError('quota', `Google's quota for today is used up: ${reason}`)
      : new SourceError('rate', `Google asks for slower requests: ${reason}`)
  }
  return new SourceError('bad_request', `Google refused the request: ${reason}`)
}
