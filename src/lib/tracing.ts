import type { Context, Span, Tracer, TracerProvider } from '@opentelemetry/api'

/** What a span says of itself: ids, names and sizes; never an address or a text of anybody. */
export type Attributes = Record<string, string | number | boolean>
type SpanOf = Pick<Span, 'setAttributes'>

type Tracing = {
  tracer: Tracer
  /** Marks a span as failed, with the name of the error. */
  fail(span: Span, message: string): void
  /** Where the trace stands, as it is handed on: a `traceparent` of W3C. */
  carry(): string | undefined
  within(traceparent: string, work: () => unknown): unknown
}

// Of the process: the web app bundles this file more than once.
const shared = globalThis as typeof globalThis & { leadnexTracing?: Tracing }
const NOTHING: SpanOf = { setAttributes: () => NOTHING as Span }

/** Runs `work` in a span, a child of the one that it is called in. Where nothing is traced it runs `work` and does nothing else. */
export function inSpan<T>(name: string, attributes: () => Attributes, work: (span: SpanOf) => Promise<T>): Promise<T> {
  const tracing = shared.leadnexTracing
  if (!tracing) return work(NOTHING)
  return tracing.tracer.startActiveSpan(name, { attributes: attributes() }, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      // Its name alone: the words may hold values.
      const message = error instanceof Error ? error.name : 'unknown'
      tracing.fail(span, message)
      throw error
    } finally {
      span.end()
    }
  })
}

/** What is sent along so that work elsewhere goes on with this trace; nothing where nothing is traced. */
export function carriedTrace(): { traceparent?: string } {
  const traceparent = shared.leadnexTracing?.carry()
  return traceparent === undefined ? {} : { traceparent }
}

/** Runs `work` in the trace that was sent along with `data`; without one in a trace of its own. */
export function inCarriedTrace<T>(data: unknown, work: () => Promise<T>): Promise<T> {
  const tracing = shared.leadnexTracing
  const { traceparent } = (data ?? {}) as { traceparent?: unknown }
  if (!tracing || typeof traceparent !== 'string') return work()
  return tracing.within(traceparent, work) as Promise<T>
}

type Options = {
  /** The name of this process among others. */
  service: string
  /** Share of traces that are kept, from 0 to 1. */
  share: number
  /** Whether a span of this name may begin a trace; what is in none otherwise is not told. */
  begins: (name: string) => boolean
  /** Starts what traces libraries, once spans are taken. */
  instrument: ((provider: TracerProvider) => Promise<unknown>)[]
}

/**
 * Begins to send traces to the collector that the environment names (OTEL_EXPORTER_OTLP_ENDPOINT), as OTLP over HTTP. Everything that it
 * needs is loaded here. Returns how to send what is left and stop.
 */
export async function startTracing({ service, share, begins, instrument }: Options): Promise<() => Promise<void>> {
  const [api, { AsyncLocalStorageContextManager }, { W3CTraceContextPropagator }, sdk, resources, exporter] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/core'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/exporter-trace-otlp-http'),
    ])
  const shares = new sdk.TraceIdRatioBasedSampler(share)
  const root = {
    shouldSample: (context: Context, traceId: string, name: string) =>
      begins(name) ? shares.shouldSample(context, traceId) : { decision: sdk.SamplingDecision.NOT_RECORD },
    toString: () => `of those that begin a trace, ${shares}`,
  }
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': service }),
    sampler: new sdk.ParentBasedSampler({ root }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new exporter.OTLPTraceExporter() })],
  })
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  // Neither is made global: what libraries tell by themselves names whole addresses, tokens of links among them, and what is asked of
  // others, as lead sources, carries no trace of ours.
  const propagator = new W3CTraceContextPropagator()
  const { defaultTextMapGetter: getter, defaultTextMapSetter: setter, context, ROOT_CONTEXT } = api
  shared.leadnexTracing = {
    fail: (span, message) => span.setStatus({ code: api.SpanStatusCode.ERROR, message }),
    tracer: provider.getTracer('leadnexconnect'),
    carry: () => {
      const carrier: { traceparent?: string } = {}
      propagator.inject(context.active(), carrier, setter)
      return carrier.traceparent
    },
    within: (traceparent, work) => context.with(propagator.extract(ROOT_CONTEXT, { traceparent }, getter), work),
  }
  for (const start of instrument) await start(provider)
  return async () => {
    delete shared.leadnexTracing
    await provider.shutdown()
  }
}
