import type { ApiClient, ApiResponse } from '../http/api-client'

/** Takes over the requests that the plan allows per minute, where a response states them. */
export function adoptMinuteLimit(client: ApiClient, kind: string, headers: ApiResponse['headers']): void {
  const requests = Number(headers['x-rate-limit-minute'])
  if (Number.isInteger(requests) && requests > 0) client.setLimit(kind, { requests, seconds: 60 })
}
