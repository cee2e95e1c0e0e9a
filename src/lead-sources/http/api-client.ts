import pRetry from 'p-retry'
import { Agent, request } from 'undici'
import type { ZodType } from 'zod'
import { CALL_DEADLINE_MS, SourceError } from '../types'
import { publicLookup } from './public-lookup'
import { type Limit, Pace } from './rate-limiter'
import { parseJson, retryAfter, whyNotSent } from './transport'

/** How patient requests are. Tests are less so. */
export type Patience = {
  connectMs: number
  /** From the request to the last byte of its answer. */
  answerMs: number
  /** Before the first repetition; doubles. */
  retryMs: number
  retries: number
  /** Over all repetitions and waiting. */
  deadlineMs: number
  /** How many times its usual limits a source may be asked; more than once only for one on this machine. */
  limitFactor: number
}

export const PATIENCE: Patience = {
  connectMs: 10_000,
  answerMs: 40_000,
  retryMs: 1_000,
  retries: 3,
  deadlineMs: CALL_DEADLINE_MS,
  limitFactor: 1,
}

export type ApiOptions = {
  label: string
  baseUrl: string
  apiKey: string
  /** The headers that carry the key. */
  headers: Record<string, string>
  /** Limits by kind of request. */
  limits: Record<string, readonly Limit[]>
  /** What an answer other than 2xx means. */
  judge(answer: Answer): SourceError
  /** The address may be one of this machine or network: only where the environment names it. */
  allowPrivate?: boolean
  patience?: Partial<Patience>
}

export type Answer = {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  json: unknown
}

export type Question<T> = {
  /** Which of `limits` it counts against. */
  pace: string
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string | number | undefined>
  body?: unknown
  headers?: Record<string, string>
  /** It costs: never repeated once it may have been served. */
  paid: boolean
  shape: ZodType<T>
  signal?: AbortSignal
  /** Of `performance.now()`, where several requests make up one call; default: the whole patience from now on. */
  deadline?: number
}

export type Reply<T> = { status: number; data: T; headers: Answer['headers']; requests: number }

const MAX_ANSWER_BYTES = 16 * 1024 * 1024
/** Says that a repetition may help, and that nothing was served. */
const REPEATABLE = new Set<SourceError['kind']>(['rate', 'outage'])

/** Speaks JSON over HTTP with one source: paced, patient, without redirects, and never twice for what costs. */
export class ApiClient {
  private readonly agent: Agent
  private readonly paces: Map<string, Pace>
  private readonly patience: Patience

  constructor(private readonly options: ApiOptions) {
    this.patience = { ...PATIENCE, ...options.patience }
    this.agent = new Agent({
      // No kept connections: one that the server is just closing would put a paid request in doubt.
      pipelining: 0,
      maxResponseSize: MAX_ANSWER_BYTES,
      connect: { timeout: this.patience.connectMs, ...(!options.allowPrivate && { lookup: publicLookup }) },
    })
    this.paces = new Map(
      Object.entries(options.limits).map(([kind, limits]) => {
        const mine = limits.map(({ requests, seconds }) => ({
          requests: requests * this.patience.limitFactor,
          seconds,
        }))
        return [kind, new Pace(options.label, mine)]
      }),
    )
  }

  /** Asks, waits and repeats as far as that is safe. @throws {SourceError} */
  async ask<T>(question: Question<T>): Promise<Reply<T>> {
    // No attempt begins that could not end in time.
    const lastStart = (question.deadline ?? this.deadline()) - this.patience.answerMs
    const { signal, paid } = question
    const waiting = new AbortController()
    let onTheWire = false
    const end = () => {
      if (!onTheWire || !paid) waiting.abort(signal?.reason)
    }
    signal?.addEventListener('abort', end)
    let requests = 0
    try {
      const answer = await pRetry(
        async () => {
          signal?.throwIfAborted()
          await this.pace(question.pace).take(lastStart, waiting.signal)
          if (performance.now() > lastStart) throw new Final('outage', `${this.options.label} took too long.`)
          requests++
          onTheWire = true
          return await this.once(question).finally(() => {
            onTheWire = false
          })
        },
        {
          retries: this.patience.retries,
          minTimeout: this.patience.retryMs,
          randomize: true,
          // pRetry would leave a request alone that is on the wire: what it had paid for would be lost.
          signal: waiting.signal,
          shouldRetry: ({ error }) => {
            const again = error instanceof SourceError && REPEATABLE.has(error.kind) && !(error instanceof Final)
            if (again) signal?.throwIfAborted()
            return again && performance.now() + (error.retryAfterMs ?? 0) < lastStart
          },
        },
      )
      return { ...answer, requests }
    } finally {
      signal?.removeEventListener('abort', end)
    }
  }

  /** When a call that begins now ends at the latest. */
  deadline(): number {
    return performance.now() + this.patience.deadlineMs
  }

  /** The source's word on what it allows. */
  learn(kind: string, limit: Limit): void {
    this.pace(kind).learn(limit)
  }

  close(): Promise<void> {
    return this.agent.destroy()
  }

  private pace(kind: string): Pace {
    const pace = this.paces.get(kind)
    if (!pace) throw new Error(`${this.options.label} has no limits for "${kind}"`)
    return pace
  }

  private async once<T>(question: Question<T>): Promise<Omit<Reply<T>, 'requests'>> {
    const answer = await this.send(question)
    const { status, headers } = answer
    if (status >= 200 && status < 300) {
      const data = question.shape.safeParse(answer.json)
      if (!data.success) throw this.lost(question, 'its answer could not be read')
      return { status, headers, data: data.data }
    }
    if (status >= 300 && status < 400) {
      throw new Final('outage', `${this.options.label} answered with a redirect, which is not followed.`)
    }
    // A gateway says nothing of what happened behind it, and a crash nothing of what was booked before. 503 says "not served".
    if (status >= 500 && status !== 503) throw this.lost(question, `it answered with status ${status}`)
    const trouble =
      status === 503 ? outage(this.options.label, 'is not available at the moment') : this.options.judge(answer)
    trouble.message = this.withoutKey(trouble.message)
    if (trouble.kind !== 'rate') throw trouble
    const pause = retryAfter(headers['retry-after'])
    this.pace(question.pace).close(pause ?? this.patience.retryMs)
    throw new SourceError('rate', trouble.message, pause)
  }

  private async send({ method, path, query = {}, body, headers, paid, signal }: Question<unknown>): Promise<Answer> {
    const url = new URL(`${this.options.baseUrl.replace(/\/$/, '')}${path}`)
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value))
    const tooLong = AbortSignal.timeout(this.patience.answerMs)
    try {
      const answer = await request(url, {
        method,
        headers: {
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...this.options.headers,
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        dispatcher: this.agent,
        signal: paid || !signal ? tooLong : AbortSignal.any([tooLong, signal]),
      })
      const text = await answer.body.text()
      return { status: answer.statusCode, headers: answer.headers, text, json: parseJson(text) }
    } catch (error) {
      if (!paid) signal?.throwIfAborted()
      const reason = whyNotSent(error)
      if (reason) throw outage(this.options.label, `could not be reached (${reason})`)
      throw this.lost({ paid }, tooLong.aborted ? 'it did not answer in time' : 'the connection broke')
    }
  }

  /** No answer that can be read: harmless for a free request, in doubt for a paid one. */
  private lost({ paid }: { paid: boolean }, why: string): SourceError {
    const { label } = this.options
    if (!paid) return outage(label, `did not answer: ${why}`)
    return new SourceError('doubt', `${label} may have served and charged a request, but ${why}. It is not made again.`)
  }

  private withoutKey(text: string): string {
    return text.replaceAll(this.options.apiKey, '[key]').slice(0, 500)
  }
}

/** Nothing was served, and asking again would not help. */
class Final extends SourceError {}

const outage = (label: string, why: string) => new SourceError('outage', `${label} ${why}. Nothing was charged.`)
