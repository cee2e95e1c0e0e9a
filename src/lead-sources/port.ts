import type { LeadCriteria, LeadSourceName } from '@/domain/lead-generation/criteria'
import type { FoundLead } from '@/domain/lead-generation/found-lead'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** One request to come. It is stored before it is made, so that a run goes on where it ended. */
export type SourceCall = {
  /** Whose API is asked: a search of Google Places goes on at Hunter. */
  api: LeadSourceName
  kind: string
  /** It costs credits or money: once it may have been served, it is never made again by itself. */
  paid: boolean
  params: { [key: string]: Json }
}

export type SourceAnswer = {
  found: FoundLead[]
  /** Requests that follow from this answer, made before any that wait already. */
  next: SourceCall[]
  /** HTTP requests made, retries included. */
  requests: number
  /** May be fractional. */
  credits: number
}

/** Why a source could not answer. `message` is for people; it never holds a key. */
export class SourceError extends Error {
  constructor(
    readonly kind: SourceTrouble,
    message: string,
    /** When it may be asked again, where it says so. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message)
    this.name = 'SourceError'
  }
}

/**
 * `bad_key`, `plan` (the key or plan may not do this), `quota` (used up until it renews), `rate` (too fast, after our own
 * patience), `bad_request`, `outage` (surely not served), `doubt` (a paid request may have been served, its answer is lost).
 */
export type SourceTrouble = 'bad_key' | 'plan' | 'quota' | 'rate' | 'bad_request' | 'outage' | 'doubt'

/** What a source says of our account there; null where it does not say. */
export type SourceAccount = {
  plan: string | null
  quotaLeft: number | null
  quotaUnit: string | null
  renewsAt: Date | null
}

export type SourceEstimate = { total: number | null; samples: FoundLead[] }

/** One lead source, with its key. */
export type LeadSource = {
  name: LeadSourceName
  /** The first request of a run, or null when the criteria ask it for nothing. `apis`: the sources that are switched on. */
  first(criteria: LeadCriteria, options: { cap: number; apis: ReadonlySet<LeadSourceName> }): SourceCall | null
  /** Makes one request. Waits for rate limits and repeats what surely was not served. @throws {SourceError} */
  make(call: SourceCall, signal?: AbortSignal): Promise<SourceAnswer>
  /** Asks for the account, at no cost. @throws {SourceError} */
  test(): Promise<SourceAccount>
  /** How many there are and a few of them, only where that costs nothing; null where it would. @throws {SourceError} */
  estimate(criteria: LeadCriteria): Promise<SourceEstimate | null>
}
