import { context } from '@opentelemetry/api'
import { request } from 'undici'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { traceRequests } from '@/lib/trace-requests'
import { inSpan, startTracing } from '@/lib/tracing'
import { startTraceCollector } from '../../support/servers/trace-collector'

let collector: Awaited<ReturnType<typeof startTraceCollector>>
beforeAll(async () => {
  collector = await startTraceCollector()
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  context.disable()
  await collector.close()
})

it('a trace names the host of a request, and neither its path nor a key in it; what begins none is not told', async () => {
  const begins = (name: string) => name === 'job'
  const stop = await startTracing({ service: 'test', share: 1, begins, instrument: [traceRequests] })
  const ask = async () => {
    const { body } = await request(`${collector.url}/of-ada?api_key=s3cret`, {
      method: 'POST',
      body: '{"resourceSpans":[]}',
    })
    await body.dump()
  }
  await inSpan('job', () => ({}), ask)
  await inSpan('other', () => ({}), ask)
  await stop()
  expect(collector.spans.map(({ name }) => name).sort()).toEqual(['POST', 'job'])
  const sent = JSON.stringify(collector.spans)
  expect(sent).toContain(collector.url)
  expect(sent).not.toMatch(/s3cret|of-ada/)
})
