import type { ServerResponse } from 'node:http'
import type { Answered, Trouble } from './exchange'

/** What an API can be made to do wrong: trouble in its own words, or on the wire. The latter may come after it has charged. */
export type Fault =
  | Trouble
  /** 503, nothing served. */
  | 'outage'
  /** 500 and 502, after it has charged. */
  | 'crash'
  | 'gateway'
  | 'redirect'
  /** Charges, then never answers; or breaks off before, or within the body. */
  | 'silent'
  /** Sends its body a little at a time, without an end. */
  | 'drip'
  | 'break'
  | 'break_in_body'
  /** Charges, then answers with what is no JSON, or not of the known form. */
  | 'malformed'
  | 'wrong_form'
  /** Answers well, with unknown fields, or with null for every leaf but ids and addresses. */
  | 'unknown_fields'
  | 'null_leaves'
  /** Refuses, and repeats the key in its error. */
  | 'echo_key'
  /** Any other refusal. */
  | { status: number; body: unknown; headers?: Record<string, string> }

type WireFault = Extract<Fault, string>

export type FaultOptions = {
  /** How many requests it meets; default: all. */
  times?: number
  /** Only requests whose path ends so. */
  path?: string
  /** Seconds, for `rate`. */
  retryAfter?: number
}

/** Sends what was charged for, or what is left of it. */
export function sendWith(response: ServerResponse, answered: Answered, fault: WireFault | undefined): void {
  if (fault === 'silent') return
  if (fault === 'drip') drip(response)
  else if (fault === 'break') response.destroy()
  else if (fault === 'break_in_body') {
    const text = JSON.stringify(answered.body)
    response.writeHead(answered.status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    })
    response.write(text.slice(0, text.length / 2), () => response.destroy())
  } else send(response, (fault && SPOILT[fault]?.(answered)) ?? answered)
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 100)
  response.once('close', () => clearInterval(timer))
}

const SPOILT: Partial<Record<WireFault, (answered: Answered) => Answered>> = {
  crash: () => ({ status: 500, body: 'Internal Server Error' }),
  gateway: () => ({ status: 502, body: '<html>Bad Gateway</html>' }),
  malformed: (answered) => ({ ...answered, body: JSON.stringify(answered.body).slice(0, -7) }),
  wrong_form: (answered) => ({ ...answered, body: ['another', 'form'] }),
  unknown_fields: (answered) => ({ ...answered, body: withMore(answered.body) }),
  null_leaves: (answered) => ({ ...answered, body: withoutLeaves(answered.body) }),
}

/** Sends an answer as it is. */
export function send(response: ServerResponse, { status, headers, body }: Answered): void {
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

// What an entry is: without it there is no entry at all.
const KEPT = new Set(['id', 'value', 'domain', 'has_email'])

function withoutLeaves(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((inner) => withoutLeaves(inner))
  if (value !== null && typeof value === 'object' && !('rawJSON' in value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutLeaves(inner, key)]))
  }
  return KEPT.has(name) ? value : null
}
