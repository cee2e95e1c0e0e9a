import type { ServerResponse } from 'node:http'
import type { ApiFailure, SampleResponse } from './sample-api'

/** A fault that an API can be made to show: a failure in its own words, or one on the wire, which may come after the charge. */
export type Fault =
  | ApiFailure
  /** 503, nothing served. */
  | 'outage'
  /** 500 and 502, after it has charged. */
  | 'crash'
  | 'gateway'
  | 'redirect'
  /** Charges, then never responds; or breaks off before, or within the body. */
  | 'silent'
  /** Sends its body a little at a time, without an end. */
  | 'drip'
  | 'break'
  | 'break_in_body'
  /** Charges, then responds with something that is no JSON, or not of the known form. */
  | 'malformed'
  | 'wrong_form'
  /** A correct response, with unknown fields, or with null for every leaf but ids and addresses. */
  | 'unknown_fields'
  | 'null_leaves'
  /** Refuses, and repeats the key in its error. */
  | 'echo_key'
  /** Any other refusal. */
  | { status: number; body: unknown; headers?: Record<string, string> }

type WireFault = Extract<Fault, string>

export type FaultOptions = {
  /** Number of requests that meet it; default: all. */
  times?: number
  /** Only requests whose path ends so. */
  path?: string
  /** Seconds, for `rate`. */
  retryAfter?: number
}

/** Sends a response, or what the fault leaves of it. */
export function sendWith(response: ServerResponse, reply: SampleResponse, fault: WireFault | undefined): void {
  if (fault === 'silent') return
  if (fault === 'drip') drip(response)
  else if (fault === 'break') response.destroy()
  else if (fault === 'break_in_body') {
    const text = JSON.stringify(reply.body)
    response.writeHead(reply.status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    })
    response.write(text.slice(0, text.length / 2), () => response.destroy())
  } else send(response, (fault && SPOILT[fault]?.(reply)) ?? reply)
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 100)
  response.once('close', () => clearInterval(timer))
}

const SPOILT: Partial<Record<WireFault, (reply: SampleResponse) => SampleResponse>> = {
  crash: () => ({ status: 500, body: 'Internal Server Error' }),
  gateway: () => ({ status: 502, body: '<html>Bad Gateway</html>' }),
  malformed: (reply) => ({ ...reply, body: JSON.stringify(reply.body).slice(0, -7) }),
  wrong_form: (reply) => ({ ...reply, body: ['another', 'form'] }),
  unknown_fields: (reply) => ({ ...reply, body: withMore(reply.body) }),
  null_leaves: (reply) => ({ ...reply, body: withoutLeaves(reply.body) }),
}

/** Sends a response as it is. */
export function send(response: ServerResponse, { status, headers, body }: SampleResponse): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(text)
}

/** Every object gets a field that no client knows. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore)
  if (value === null || typeof value !== 'object' || 'rawJSON' in value) return value
  const fields = Object.entries(value).map(([name, inner]) => [name, withMore(inner)])
  return { ...Object.fromEntries(fields), new_in_2027: { nested: [1, 'two', null] } }
}

// Fields that make an entry: without them there is none at all.
const KEPT = new Set(['id', 'value', 'domain', 'has_email'])

function withoutLeaves(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((inner) => withoutLeaves(inner))
  if (value !== null && typeof value === 'object' && !('rawJSON' in value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutLeaves(inner, key)]))
  }
  return KEPT.has(name) ? value : null
}
