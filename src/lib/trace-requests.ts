import type { TracerProvider } from '@opentelemetry/api'

/** Has requests over HTTP told to whoever traces, by their hosts alone: addresses may hold a key, or whom is asked for. */
export async function traceRequests(provider: TracerProvider): Promise<void> {
  const { UndiciInstrumentation } = await import('@opentelemetry/instrumentation-undici')
  const requests = new UndiciInstrumentation({
    requireParentforSpans: true,
    requestHook: (span, { origin }) => span.setAttributes({ 'url.full': origin, 'url.path': '', 'url.query': '' }),
  })
  requests.setTracerProvider(provider)
}
