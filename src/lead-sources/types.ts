import type { LeadDetail } from '@/domain/lead/fields'
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
  /** What it buys, where that is known before: people or places by `sourceRef`, or a domain with what is asked of it. */
  refs: string[]
}

/** What the one who asks knows at the moment of asking. */
export type Asking = {
  /** Leads that the source may still bring in this run; at least 1. A source asks for no more than these. */
  wanted: number
  /**
   * Which of these the source has brought before, in any run: the `sourceRef` of a lead of this source, or a ref of a call
   * that was answered. They are not paid for again.
   */
  known(refs: readonly string[]): Promise<ReadonlySet<string>>
  /** Ends waiting (for rate limits, before a repetition). A paid request on the wire goes on to its end. */
  signal?: AbortSignal
}

export type SourceAnswer = {
  found: FoundLead[]
  /** Refs it came across that were known, and so were not paid for again. They do not use up the cap. */
  seen: string[]
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
 * Whether a source could not answer. Known by its name: the web bundles its start, where the adapters are opened, apart from
 * its routes, and each bundle has a class of its own.
 */
export const isSourceError = (error: unknown): error is SourceError =>
  error instanceof Error && error.name === 'SourceError'

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

/**
 * What the free part of an answer shows before anything is paid: how many there are, and a few of them. A sample has what
 * is free (never a last name or an address at Apollo), and is not a lead.
 */
export type SourceEstimate = {
  total: number | null
  /** What `total` counts and `samples` are. */
  unit: 'people' | 'companies'
  samples: Pick<FoundLead, 'sourceRef' | LeadDetail>[]
}

/** No call lasts longer, its waiting and repetitions included. The lease of a call that is asked outlasts it. */
export const CALL_DEADLINE_MS = 120_000

/** One lead source, with its key. */
export type LeadSource = {
  name: LeadSourceName
  /** The first requests of a run; none when the criteria ask it for nothing. `apis`: the sources that are switched on. */
  first(criteria: LeadCriteria, options: { cap: number; apis: ReadonlySet<LeadSourceName> }): SourceCall[]
  /**
   * Makes one request of its own API (`call.api`). Waits for rate limits and repeats what surely was not served.
   * Rejects with the signal's reason when that ended the waiting: nothing was asked then, or nothing that costs.
   * @throws {SourceError}
   */
  make(call: SourceCall, asking: Asking): Promise<SourceAnswer>
  /** Asks for the account, at no cost. @throws {SourceError} */
  test(): Promise<SourceAccount>
  /** How many there are and a few of them, only where that costs nothing; null where it would. @throws {SourceError} */
  estimate(criteria: LeadCriteria): Promise<SourceEstimate | null>
}

/** The sources' APIs. Holds connections and rate limits, which sources with the same key share. */
export type LeadSourceApis = {
  open(source: LeadSourceName, apiKey: string): LeadSource
  close(): Promise<void>
}
