import type { Sale } from './sale'
import type { World } from './world'

/** A request as the sample APIs see it: without its prefix, read whole. */
export type Asked = {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string | string[] | undefined>
  body: Record<string, unknown>
}

export type Answered = {
  status: number
  headers?: Record<string, string>
  /** Text is sent as it is. */
  body: unknown
  /** What this answer costs, if anything. */
  sale?: Sale
}

/** Trouble that every API can be put into, in its own words. */
export const TROUBLES = ['bad_key', 'plan', 'scope', 'quota', 'rate', 'daily_rate', 'bad_request'] as const
export type Trouble = (typeof TROUBLES)[number]

export type ApiState = {
  /** Credits in all, and those used up. */
  allowance: number
  spent: number
  smallPlan: boolean
  /** Requests of the running span, this one included, and what is allowed in it. */
  limit: { used: number; requests: number; seconds: number }
  /** How many times this was asked before. */
  before(what: string): number
}

/** One of the sample APIs. */
export type SampleApi = {
  /** The key of a request, or null. */
  keyOf(asked: Asked): string | null
  answer(asked: Asked, world: World, state: ApiState): Answered
  trouble(trouble: Trouble, asked: Asked, retryAfter: number): Answered
}

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
export const asList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
export const contains = (where: string, what: string) => where.toLowerCase().includes(what.trim().toLowerCase())
export const containsAny = (where: string, wanted: string[]) =>
  wanted.length === 0 || wanted.some((what) => contains(where, what))
