import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Engine, startOutreach, statusOf } from '../../support/engine'
import { createLiveEngine } from '../../support/live-engine'
import { type CollectedSpan, startTraceCollector } from '../../support/servers/trace-collector'
import { eventually, startWorker, type WorkerProcess } from '../../support/worker-process'

let engine: Engine
let collector: Awaited<ReturnType<typeof startTraceCollector>>
let worker: WorkerProcess | undefined
beforeAll(async () => {
  engine = await createLiveEngine()
  collector = await startTraceCollector()
})
afterAll(async () => {
  await worker?.kill()
  await collector.close()
  await engine.close()
})

/** The names of a span and those around it, the outermost last. The queue's own, around all, says nothing more. */
function namesAround(span: CollectedSpan): string[] {
  const parent = collector.spans.find(({ spanId }) => spanId === span.parentSpanId)
  return parent && !parent.name.startsWith('process ') ? [span.name, ...namesAround(parent)] : [span.name]
}

/** Whether everything around a span has ended and is here. */
function isWhole({ parentSpanId }: CollectedSpan): boolean {
  const parent = collector.spans.find(({ spanId }) => spanId === parentSpanId)
  return !parentSpanId || (parent !== undefined && isWhole(parent))
}

it('one trace goes from the tick to the answer of the mail server', async () => {
  const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' }
  worker = await startWorker(engine.url, engine.sink, { env })
  await eventually(async () => (await statusOf(engine, id)) === 'completed', 'the campaign completes')
  const { id: emailId } = await engine.db.scheduledEmail.findFirstOrThrow()
  const smtp = await eventually(() => {
    const found = collector.spans.find(({ name }) => name === 'smtp transaction')
    return found && isWhole(found) ? found : undefined
  }, 'its trace is collected')
  expect(smtp.attributes).toMatchObject({ email: emailId, campaign: id, outcome: 'accepted' })
  expect(namesAround(smtp)).toEqual(['smtp transaction', 'dispatch batch', 'job send-mailbox', 'job tick'])

  const inTrace = (name: string) =>
    collector.spans.find((span) => span.traceId === smtp.traceId && span.name.startsWith(name))
  const recorded = await eventually(() => inTrace('record results'), 'the recording of its result is collected')
  expect(namesAround(recorded)).toEqual(['record results', 'job send-mailbox', 'job tick'])
  for (const name of ['prepare emails', 'claim emails', 'statement', 'prisma:'])
    await eventually(() => inTrace(name), `the span "${name}" of the same trace is collected`)

  // Neither an address nor a text of anybody goes to the collector.
  const sent = JSON.stringify(collector.spans)
  expect(sent).toContain('UPDATE scheduled_emails')
  for (const secret of [leads[0]?.email ?? '', 'Hello Ada', 'Company 1']) expect(sent).not.toContain(secret)
})
