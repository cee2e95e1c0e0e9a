import { SampleSources } from '../src/lead-sources/sample/sample-server'

// Long enough that a run can be watched, and stopped in its middle.
const LATENCY_MS = 60

const sources = await SampleSources.start({ port: Number(process.env.SAMPLE_SOURCES_PORT), latencyMs: LATENCY_MS })
console.log(`sample data sources on 127.0.0.1:${sources.port}: companies and people are made up, nothing is charged`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sources.close().then(() => process.exit(0)))
}
