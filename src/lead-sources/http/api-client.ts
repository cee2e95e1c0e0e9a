import pRetry from 'p-retry'
import { Agent, request as sendRequest } from 'undici'
import type { ZodType } from 'zod'
import { cutText } from '@/domain/cut-text'
import { publicLookup, requirePublic } from '@/lib/public-lookup'
import { CALL_DEADLINE_MS, SourceError } from '../types'
import { type RateLimit, RateLimiter } from './rate-limiter'
import { notSentCode, parseJson, parseRetryAfter } from './transport'

/** Timeouts and repetitions of requests. Tests shorten them. */
export type RetryOptions = {
  connectTimeoutMs: number
  /** From the request to the last byte of its response. */
  responseTimeoutMs: number
  /** Before the first repetition; doubles. */
  retryDelayMs: number
  retries: number
  /** Over all repetitions and waiting. */
  deadlineMs: number
  /** Multiple of the usual limits at which requests are sent; more than 1 only for a source on this machine. */
  rateLimitFactor: number
}

const DEFAULT_RETRY_OPTIONS: RetryOptions = {
  connectTimeoutMs: 10_000,
  responseTimeoutMs: 40_000,
  retryDelayMs: 1_000,
  retries: 3,
  deadlineMs: CALL_DEADLINE_MS,
  rateLimitFactor: 1,
}

type ApiOptions = {
  label: string
  baseUrl: string
  apiKey: string
  /** The headers that carry the key. */
  headers: Record<string, string>
  /** Limits by kind of request. */
  limits: Record<string, readonly RateLimit[]>
  /** The meaning of a response other than 2xx, 3xx and 5xx. */
  toSourceError(response: ApiResponse): SourceError
  /** The address may be one of this machine or network: only where the environment names it. */
  allowPrivate?: boolean
  retryOptions?: Partial<RetryOptions>
}

/** Key and address of a source, the same for every vendor. */
export type SourceOptions = Pick<ApiOptions, 'apiKey' | 'baseUrl' | 'allowPrivate' | 'retryOptions'>

export type ApiResponse = {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  json: unknown
}

export type ApiRequest<T> = {
  /** The kind in `limits` against which it counts. */
  limit: string
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string | number | undefined>
  body?: unknown
  headers?: Record<string, string>
  /** It costs: never repeated once it may have been served. */
  paid: boolean
  schema: ZodType<T>
  signal?: AbortSignal
  /** Of `performance.now()`, where several requests make up one call; default: `deadlineMs` from now on. */
  deadline?: number
}

/** A response as its schema reads it. `requests` counts all attempts. */
export type ApiResult<T> = { status: number; data: T; headers: ApiResponse['headers']; requests: number }

const MAX_RESPONSE_BYTES = 16 * 1024 * 1024
/** Kinds for which nothing was served and a repetition may help. */
const REPEATABLE = new Set<SourceError['kind']>(['rate', 'outage'])

/** JSON over HTTP with one source: rate-limited, repeated where that is safe, without redirects, never twice for what costs. */
export class ApiClient {
  private readonly agent: Agent
  private readonly limiters: Map<string, RateLimiter>
  readonly retryOptions: RetryOptions

  constructor(private readonly options: ApiOptions) {
    this.retryOptions = { ...DEFAULT_RETRY_OPTIONS, ...options.retryOptions }
    this.agent = new Agent({
      // No kept connections: one that the server is just closing would put a paid request in doubt.
      pipelining: 0,
      maxResponseSize: MAX_RESPONSE_BYTES,
      connect: { timeout: this.retryOptions.connectTimeoutMs, ...(!options.allowPrivate && { lookup: publicLookup }) },
    })
    this.limiters = new Map(
      Object.entries(options.limits).map(([kind, limits]) => {
        const scaled = limits.map(({ requests, seconds }) => ({
          requests: requests * this.retryOptions.rateLimitFactor,
          seconds,
        }))
        return [kind, new RateLimiter(options.label, scaled)]
      }),
    )
  }

  /** Sends a request, waits for its limits and repeats it as far as that is safe. @throws {SourceError} */
  async request<T>(request: ApiRequest<T>): Promise<ApiResult<T>> {
    // No attempt begins that could not end in time.
    const lastStart = (request.deadline ?? this.deadline()) - this.retryOptions.responseTimeoutMs
    const { signal, paid } = request
    const waiting = new AbortController()
    let onTheWire = false
    const stopWaiting = () => {
      if (!onTheWire || !paid) waiting.abort(signal?.reason)
    }
    signal?.addEventListener('abort', stopWaiting)
    let requests = 0
    try {
      const result = await pRetry(
        async () => {
          signal?.throwIfAborted()
          await this.limiter(request.limit).acquire(lastStart, waiting.signal)
          if (performance.now() > lastStart) throw new NotRepeatable('outage', `${this.options.label} took too long.`)
          requests++
          onTheWire = true
          return await this.attempt(request).finally(() => {
            onTheWire = false
          })
        },
        {
          retries: this.retryOptions.retries,
          minTimeout: this.retryOptions.retryDelayMs,
          randomize: true,
          // pRetry would abandon a request that is on the wire: a response already paid for would be lost.
          signal: waiting.signal,
          shouldRetry: ({ error }) => {
            const again =
              error instanceof SourceError && REPEATABLE.has(error.kind) && !(error instanceof NotRepeatable)
            if (again) signal?.throwIfAborted()
            return again && performance.now() + (error.retryAfterMs ?? 0) < lastStart
          },
        },
      )
      return { ...result, requests }
    } finally {
      signal?.removeEventListener('abort', stopWaiting)
    }
  }

  /** The latest end of a call that begins now, of `performance.now()`. */
  deadline(): number {
    return performance.now() + this.retryOptions.deadlineMs
  }

  /** Replaces a limit by the one that the source states. */
  setLimit(kind: string, limit: RateLimit): void {
    this.limiter(kind).setLimit(limit)
  }

  close(): Promise<void> {
    return this.agent.destroy()
  }

  private limiter(kind: string): RateLimiter {
    const limiter = this.limiters.get(kind)
    if (!limiter) throw new Error(`${this.options.label} has no limits for "${kind}"`)
    return limiter
  }

  private async attempt<T>(request: ApiRequest<T>): Promise<Omit<ApiResult<T>, 'requests'>> {
    const response = await this.send(request)
    const { status, headers } = response
    if (status >= 200 && status < 300) {
      const data = request.schema.safeParse(response.json)
      if (!data.success) throw this.responseLost(request, 'its answer could not be read')
      return { status, headers, data: data.data }
    }
    if (status >= 300 && status < 400) {
      throw new NotRepeatable('outage', `${this.options.label} answered with a redirect, which is not followed.`)
    }
    // A gateway knows nothing of what happened behind it, a crash nothing of what was booked before. 503 means "not served".
    if (status >= 500 && status !== 503) throw this.responseLost(request, `it answered with status ${status}`)
    const failure =
      status === 503
        ? outage(this.options.label, 'is not available at the moment')
        : this.options.toSourceError(response)
    failure.message = this.withoutKey(failure.message)
    if (failure.kind !== 'rate') throw failure
    const pause = parseRetryAfter(headers['retry-after'])
    this.limiter(request.limit).pause(pause ?? this.retryOptions.retryDelayMs)
    throw new SourceError('rate', failure.message, pause)
  }

  private async send(request: ApiRequest<unknown>): Promise<ApiResponse> {
    const { method, path, query = {}, body, headers, paid, signal } = request
    const url = new URL(`${this.options.baseUrl.replace(/\/$/, '')}${path}`)
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value))
    const timeout = AbortSignal.timeout(this.retryOptions.responseTimeoutMs)
    try {
      if (!this.options.allowPrivate) requirePublic(url.hostname)
      const response = await sendRequest(url, {
        method,
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...this.options.headers,
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        dispatcher: this.agent,
        signal: paid || !signal ? timeout : AbortSignal.any([timeout, signal]),
      })
      const text = await response.body.text()
      return { status: response.statusCode, headers: response.headers, text, json: parseJson(text) }
    } catch (error) {
      if (!paid) signal?.throwIfAborted()
      const code = notSentCode(error)
      if (code) throw outage(this.options.label, `could not be reached (${code})`)
      throw this.responseLost({ paid }, timeout.aborted ? 'it did not answer in time' : 'the connection broke')
    }
  }

  /** The error for a response that cannot be read: harmless for a free request, in doubt for a paid one. */
  private responseLost({ paid }: { paid: boolean }, reason: string): SourceError {
    const { label } = this.options
    if (!paid) return outage(label, `did not answer: ${reason}`)
    return new SourceError(
      'doubt',
      `${label} may have served and charged a request, but ${reason}. It is not made again.`,
    )
  }

  private withoutKey(text: string): string {
    return cutText(text.replaceAll(this.options.apiKey, '[key]'), 500)
  }
}

/** Nothing was served, and a repetition would not help. */
class NotRepeatable extends SourceError {}

const outage = (label: string, reason: string) => new SourceError('outage', `${label} ${reason}. Nothing was charged.`)
