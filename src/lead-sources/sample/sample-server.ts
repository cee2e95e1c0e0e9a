import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { LEAD_SOURCES, type LeadSourceName } from '@/domain/lead-generation/criteria'
import { type Asked, type SampleApi, TROUBLES, type Trouble } from './exchange'
import { type Fault, type FaultOptions, send, sendWith } from './faults'
import { Sales } from './sale'
import { sampleApollo } from './sample-apollo'
import { sampleGooglePlaces } from './sample-google-places'
import { sampleHunter } from './sample-hunter'
import { createWorld, type World } from './world'

/** The key that the sample sources take. */
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
  /** Credits before an API says that its quota is used up. */
  allowance?: Partial<Record<LeadSourceName, number>>
  /** Hunter's free plan: ten people of a domain, no paging. */
  smallPlan?: boolean
  /** Requests in a span of seconds before an API answers 429 for the rest of it. */
  limits?: Partial<Record<LeadSourceName, { requests: number; seconds: number }>>
  /** Half of it before an answer is charged, half after. */
  latencyMs?: number
}

const ALLOWANCE = 10_000
const LIMIT = { requests: 6_000, seconds: 60 }

/** Stands in for Apollo, Google Places and Hunter on this machine: their answers, errors, paging and prices, made-up data. */
export class SampleSources {
  readonly sales = new Sales()
  /** Requests that came in, by API and path; refused ones too. */
  readonly requests = new Map<string, number>()
  readonly world: World
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

  /** From now on the API does this wrong; several faults come one after the other. */
  fail(source: LeadSourceName, fault: Fault, options: FaultOptions = {}): void {
    this.faults.set(source, [...(this.faults.get(source) ?? []), { fault, ...options }])
  }

  /** All is well again. */
  heal(source?: LeadSourceName): void {
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
    if (url.pathname === '/sales') return send(response, { status: 200, body: this.sales })
    if (url.pathname === '/faults' && request.method === 'POST') {
      const { source, fault, ...options } = body as { source: LeadSourceName; fault: Fault | null } & FaultOptions
      if (fault === null) this.heal(source)
      else this.fail(source, fault, options)
      return send(response, { status: 200, body: {} })
    }
    const source = LEAD_SOURCES.find((name) => url.pathname.startsWith(`${SAMPLE_PATHS[name]}/`))
    if (!source) return send(response, { status: 404, body: { error: 'No sample source has this address.' } })
    const path = url.pathname.slice(SAMPLE_PATHS[source].length)
    const asked = { method: request.method ?? '', path, query: url.searchParams, headers: request.headers, body }
    this.requests.set(`${source} ${path}`, (this.requests.get(`${source} ${path}`) ?? 0) + 1)
    await sleep((this.options.latencyMs ?? 0) / 2)
    await this.answer(source, asked, response)
  }

  private async answer(source: LeadSourceName, asked: Asked, response: ServerResponse): Promise<void> {
    const api = APIS[source]
    const fault = this.takeFault(source, asked.path)
    const retryAfter = fault?.retryAfter ?? 1
    if (api.keyOf(asked) !== (this.options.keys?.[source] ?? SAMPLE_KEY)) {
      return send(response, api.trouble('bad_key', asked, retryAfter))
    }
    if (typeof fault?.fault === 'object') return send(response, fault.fault)
    if (fault && (TROUBLES as readonly string[]).includes(fault.fault)) {
      return send(response, api.trouble(fault.fault as Trouble, asked, retryAfter))
    }
    if (fault?.fault === 'outage') return send(response, { status: 503, body: 'Service Unavailable' })
    if (fault?.fault === 'redirect') return send(response, { status: 302, headers: { location: '/sales' }, body: '' })
    if (fault?.fault === 'echo_key')
      return send(response, { status: 400, body: { error: `bad key ${api.keyOf(asked)}` } })

    const allowance = this.options.allowance?.[source] ?? ALLOWANCE
    const span = this.countRequest(source)
    if (span.used > span.requests) return send(response, api.trouble('rate', asked, span.secondsLeft))
    const answered = api.answer(asked, this.world, {
      allowance,
      spent: this.sales.credits[source],
      smallPlan: this.options.smallPlan ?? false,
      limit: span,
      before: (what) => this.countBefore(`${source} ${what}`),
    })
    if (answered.sale) this.sales.add(source, answered.sale)
    await sleep((this.options.latencyMs ?? 0) / 2)
    sendWith(response, answered, fault?.fault)
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
