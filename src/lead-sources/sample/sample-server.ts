import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { LEAD_SOURCES, type LeadSourceName } from '@/domain/lead-generation/criteria'
import { type Fault, type FaultOptions, send, sendWith } from './faults'
import { PurchaseLog } from './purchases'
import { API_FAILURES, type ApiFailure, type SampleApi, type SampleRequest } from './sample-api'
import { sampleApollo } from './sample-apollo'
import { sampleGooglePlaces } from './sample-google-places'
import { sampleHunter } from './sample-hunter'
import { createWorld, type World } from './world'

/** The key that the sample sources accept. */
export const SAMPLE_KEY = 'sample-key'
export const SAMPLE_PATHS: Record<LeadSourceName, string> = {
  apollo: '/apollo',
  google_places: '/google',
  hunter: '/hunter',
}

const APIS: Record<LeadSourceName, SampleApi> = {
  apollo: sampleApollo,
  google_places: sampleGooglePlaces,
  hunter: sampleHunter,
}

export type SampleOptions = {
  port?: number
  seed?: string
  companies?: number
  keys?: Partial<Record<LeadSourceName, string>>
  /** Credits before an API reports that its quota is used up. */
  allowance?: Partial<Record<LeadSourceName, number>>
  /** Hunter's free plan: ten people of a domain, no paging. */
  smallPlan?: boolean
  /** Requests in a span of seconds before an API responds with 429 for the rest of it. */
  limits?: Partial<Record<LeadSourceName, { requests: number; seconds: number }>>
  /** Half of it before a response is charged, half after. */
  latencyMs?: number
}

const ALLOWANCE = 10_000
const LIMIT = { requests: 6_000, seconds: 60 }

/** Stands in for Apollo, Google Places and Hunter on this machine: their responses, errors, paging and prices, over made-up data. */
export class SampleSources {
  readonly purchases = new PurchaseLog()
  /** Requests that came in, by API and path; refused ones too. */
  readonly requests = new Map<string, number>()
  readonly world: World
  /** Awaited before a response to this path is sent, once it has been charged; set to hold responses back. */
  beforeResponse: (source: LeadSourceName, path: string) => Promise<unknown> | undefined = () => undefined
  private readonly faults = new Map<LeadSourceName, ({ fault: Fault } & FaultOptions)[]>()
  private readonly spans = new Map<LeadSourceName, { endsAt: number; used: number }>()
  private readonly counts = new Map<string, number>()
  private readonly server = createServer((request, response) => void this.handle(request, response))

  private constructor(private readonly options: SampleOptions) {
    this.world = createWorld(options)
  }

  static async start(options: SampleOptions = {}): Promise<SampleSources> {
    const sources = new SampleSources(options)
    await new Promise<void>((resolve, reject) => {
      sources.server.once('error', reject)
      sources.server.listen(options.port ?? 0, '127.0.0.1', () => resolve())
    })
    return sources
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  get baseUrls(): Record<LeadSourceName, string> {
    const url = (source: LeadSourceName) => `http://127.0.0.1:${this.port}${SAMPLE_PATHS[source]}`
    return { apollo: url('apollo'), google_places: url('google_places'), hunter: url('hunter') }
  }

  /** Makes the API show a fault from now on; several come one after the other. */
  injectFault(source: LeadSourceName, fault: Fault, options: FaultOptions = {}): void {
    this.faults.set(source, [...(this.faults.get(source) ?? []), { fault, ...options }])
  }

  /** Removes the faults of one source, or of all. */
  clearFaults(source?: LeadSourceName): void {
    if (source) this.faults.delete(source)
    else this.faults.clear()
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sample')
    const body = await readBody(request).catch(() => null)
    if (body === null) return
    if (url.pathname === '/purchases') return send(response, { status: 200, body: this.purchases })
    if (url.pathname === '/faults' && request.method === 'POST') {
      const { source, fault, ...options } = body as { source: LeadSourceName; fault: Fault | null } & FaultOptions
      if (fault === null) this.clearFaults(source)
      else this.injectFault(source, fault, options)
      return send(response, { status: 200, body: {} })
    }
    const source = LEAD_SOURCES.find((name) => url.pathname.startsWith(`${SAMPLE_PATHS[name]}/`))
    if (!source) return send(response, { status: 404, body: { error: 'No sample source has this address.' } })
    const path = url.pathname.slice(SAMPLE_PATHS[source].length)
    const received = { method: request.method ?? '', path, query: url.searchParams, headers: request.headers, body }
    this.requests.set(`${source} ${path}`, (this.requests.get(`${source} ${path}`) ?? 0) + 1)
    await sleep((this.options.latencyMs ?? 0) / 2)
    await this.respond(source, received, response)
  }

  private async respond(source: LeadSourceName, received: SampleRequest, response: ServerResponse): Promise<void> {
    const api = APIS[source]
    const fault = this.takeFault(source, received.path)
    const retryAfter = fault?.retryAfter ?? 1
    if (api.keyOf(received) !== (this.options.keys?.[source] ?? SAMPLE_KEY)) {
      return send(response, api.failure('bad_key', received, retryAfter))
    }
    if (typeof fault?.fault === 'object') return send(response, fault.fault)
    if (fault && (API_FAILURES as readonly string[]).includes(fault.fault)) {
      return send(response, api.failure(fault.fault as ApiFailure, received, retryAfter))
    }
    if (fault?.fault === 'outage') return send(response, { status: 503, body: 'Service Unavailable' })
    if (fault?.fault === 'redirect')
      return send(response, { status: 302, headers: { location: '/purchases' }, body: '' })
    if (fault?.fault === 'echo_key')
      return send(response, { status: 400, body: { error: `bad key ${api.keyOf(received)}` } })

    const allowance = this.options.allowance?.[source] ?? ALLOWANCE
    const span = this.countRequest(source)
    if (span.used > span.requests) return send(response, api.failure('rate', received, span.secondsLeft))
    const reply = api.respond(received, this.world, {
      allowance,
      spent: this.purchases.credits[source],
      smallPlan: this.options.smallPlan ?? false,
      limit: span,
      timesBefore: (what) => this.countBefore(`${source} ${what}`),
    })
    if (reply.purchase) this.purchases.add(source, reply.purchase)
    await sleep((this.options.latencyMs ?? 0) / 2)
    await this.beforeResponse(source, received.path)
    sendWith(response, reply, fault?.fault)
  }

  private countRequest(source: LeadSourceName) {
    const limit = this.options.limits?.[source] ?? LIMIT
    const now = performance.now()
    let span = this.spans.get(source)
    if (!span || span.endsAt <= now) span = { endsAt: now + limit.seconds * 1000, used: 0 }
    this.spans.set(source, { ...span, used: span.used + 1 })
    return { ...limit, used: span.used + 1, secondsLeft: Math.ceil((span.endsAt - now) / 1000) }
  }

  private countBefore(what: string): number {
    const times = this.counts.get(what) ?? 0
    this.counts.set(what, times + 1)
    return times
  }

  private takeFault(source: LeadSourceName, path: string) {
    const waiting = this.faults.get(source) ?? []
    const fault = waiting.find((one) => !one.path || path.endsWith(one.path))
    if (fault?.times !== undefined && --fault.times <= 0)
      this.faults.set(
        source,
        waiting.filter((one) => one !== fault),
      )
    return fault
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  try {
    return text ? JSON.parse(text) : {}
  } catch {
    return {}
  }
}
