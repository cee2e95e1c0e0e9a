import type { Purchase } from './purchases'
import type { World } from './world'

/** A request as the sample APIs receive it: without its prefix, its body read. */
export type SampleRequest = {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string | string[] | undefined>
  body: Record<string, unknown>
}

export type SampleResponse = {
  status: number
  headers?: Record<string, string>
  /** Text is sent as it is. */
  body: unknown
  /** The charge, if there is one. */
  purchase?: Purchase
}

/** Failures that every API can be made to report, in its own words. */
export const API_FAILURES = ['bad_key', 'plan', 'scope', 'quota', 'rate', 'daily_rate', 'bad_request'] as const
export type ApiFailure = (typeof API_FAILURES)[number]

export type ApiState = {
  /** Credits in all, and those used up. */
  allowance: number
  spent: number
  smallPlan: boolean
  /** Requests of the running span, this one included, and what is allowed in it. */
  limit: { used: number; requests: number; seconds: number }
  /** Times that this was requested before. */
  timesBefore(what: string): number
}

/** One of the sample APIs. */
export type SampleApi = {
  /** The key of a request, or null. */
  keyOf(request: SampleRequest): string | null
  respond(request: SampleRequest, world: World, state: ApiState): SampleResponse
  failure(failure: ApiFailure, request: SampleRequest, retryAfter: number): SampleResponse
}

/** The value if it is text, else an empty text. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
/** The texts of a list; empty for anything else. */
export const asList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
/** Whether `what` stands in `where`, in whatever case. */
export const contains = (where: string, what: string) => where.toLowerCase().includes(what.trim().toLowerCase())
/** Whether at least one of the parts stands in `where`. */
export const containsAny = (where: string, parts: string[]) =>
  parts.length === 0 || parts.some((what) => contains(where, what))
