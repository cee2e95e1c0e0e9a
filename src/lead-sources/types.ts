import type { LeadDetail } from '@/domain/lead/fields'
import type { LeadCriteria, LeadSourceName } from '@/domain/lead-generation/criteria'
import type { FoundLead } from '@/domain/lead-generation/found-lead'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** One call to come. It is stored before it is executed, so that a run goes on where it ended. */
export type SourceCall = {
  /** The API that it goes to: a search of Google Places goes on at Hunter. */
  api: LeadSourceName
  kind: string
  /** It costs credits or money: once it may have been served, it is never repeated by itself. */
  paid: boolean
  params: { [key: string]: Json }
  /** Its purchases, where they are known before: people or places by `sourceRef`, or a domain with its filters. */
  refs: string[]
}

/** The state of the run in which a call is executed. */
export type CallContext = {
  /** Leads that the source may still bring in this run; at least 1. A source requests no more than these. */
  maxLeads: number
  /**
   * Those of `refs` that the source has brought before, in any run: the `sourceRef` of a lead of this source, or a ref
   * of a call with a response. They are not paid for again.
   */
  knownRefs(refs: readonly string[]): Promise<ReadonlySet<string>>
  /** Ends waiting (for rate limits, before a repetition). A paid request on the wire goes on to its end. */
  signal?: AbortSignal
}

/** The outcome of one executed call. */
export type CallResult = {
  found: FoundLead[]
  /** Refs it came across that were known, and so were not paid for again. They do not use up the cap. */
  seen: string[]
  /** Calls that follow from this one, executed before any that wait already. */
  next: SourceCall[]
  /** HTTP requests made, retries included. */
  requests: number
  /** May be fractional. */
  credits: number
}

/** A call that failed at the source. `message` is for people; it never holds a key. */
export class SourceError extends Error {
  constructor(
    readonly kind: SourceErrorKind,
    message: string,
    /** Milliseconds until the next request is allowed, where the source states it. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message)
    this.name = 'SourceError'
  }
}

/**
 * True for a `SourceError`. Known by its name: the web bundles its start, where the adapters are opened, apart from its
 * routes, and each bundle has a class of its own.
 */
export const isSourceError = (error: unknown): error is SourceError =>
  error instanceof Error && error.name === 'SourceError'

/**
 * `bad_key`, `plan` (the key or plan may not do this), `quota` (used up until it renews), `rate` (too fast, after all
 * repetitions), `bad_request`, `outage` (surely not served), `doubt` (a paid request may have been served, its response is
 * lost).
 */
export type SourceErrorKind = 'bad_key' | 'plan' | 'quota' | 'rate' | 'bad_request' | 'outage' | 'doubt'

/** Our account at a source; null where the source does not state it. */
export type SourceAccount = {
  plan: string | null
  quotaLeft: number | null
  quotaUnit: string | null
  renewsAt: Date | null
}

/**
 * The size of a search before anything is paid: how many there are, and a few of them. A sample has the free fields only
 * (never a last name or an address at Apollo), and is not a lead.
 */
export type SourceEstimate = {
  total: number | null
  /** The unit of `total` and `samples`. */
  unit: 'people' | 'companies'
  samples: Pick<FoundLead, 'sourceRef' | LeadDetail>[]
}

/** No call lasts longer, its waiting and repetitions included. The lease of a call under way outlasts it. */
export const CALL_DEADLINE_MS = 120_000

/** One lead source, with its key. */
export type LeadSource = {
  name: LeadSourceName
  /** The first calls of a run; none when the criteria have nothing for this source. `apis`: the sources that are switched on. */
  first(criteria: LeadCriteria, options: { cap: number; apis: ReadonlySet<LeadSourceName> }): SourceCall[]
  /**
   * Executes one call of its own API (`call.api`). Waits for rate limits and repeats what surely was not served.
   * Rejects with the signal's reason when that ended the waiting: nothing was requested then, or nothing that costs.
   * @throws {SourceError}
   */
  execute(call: SourceCall, context: CallContext): Promise<CallResult>
  /** Reads the account, at no cost. @throws {SourceError} */
  test(): Promise<SourceAccount>
  /** Counts what the criteria match, only where that costs nothing; null where it would. @throws {SourceError} */
  estimate(criteria: LeadCriteria): Promise<SourceEstimate | null>
}

/** A source with connections of its own. */
export type OpenLeadSource = LeadSource & { close(): Promise<void> }

/** The sources' APIs. Holds connections and rate limits, which sources with the same key share. */
export type LeadSourceApis = {
  open(source: LeadSourceName, apiKey: string): LeadSource
  close(): Promise<void>
}
