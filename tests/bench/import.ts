import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { SMALL_HEAP } from '../../scripts/lib/app/node-args'
import { type Bench, openBench } from './support/bench-deps'
import { type Benchmark, timed } from './support/figures'

const ROWS = 100_000
const COLUMNS = [
  'email',
  'first_name',
  'last_name',
  'job_title',
  'company_name',
  'phone',
  'city',
  'country',
  'industry',
  'website',
]

/** Importing a CSV file, in a process of its own, against `COPY` of the same rows into the same table. */
export const importCsv: Benchmark = async ({ scale, report }) => {
  const { url, pool, seed, close } = await openBench()
  const folder = await mkdtemp(join(tmpdir(), 'leadnexconnect-bench-'))
  try {
    const file = join(folder, 'leads.csv')
    await writeFile(file, csvOf(Math.ceil(ROWS * scale)))
    await seed.analyse()
    const copy = await timed(() => copyInto(pool, file))
    await pool.query('TRUNCATE leads CASCADE')
    await seed.analyse()
    const own = await inOwnProcess(url, file)
    report({ name: 'import', value: own.ms, unit: `ms for ${own.added} leads`, limit: copy }, { ratio: { atMost: 5 } })
    report({ name: 'import-memory', value: own.memory, unit: 'MiB at most', limit: null }, { value: { atMost: 300 } })
  } finally {
    await rm(folder, { recursive: true, force: true })
    await close()
  }
}

function csvOf(rows: number): string {
  const lines = [COLUMNS.join(',')]
  for (let i = 1; i <= rows; i++) {
    lines.push(
      `lead${i}@company${i % 5000}.example,Ada,Winter${i},Head of Sales,"Company ${i}, Ltd",+49 40 ${100000 + i},Hamburg,DE,Logistics,https://company${i}.example`,
    )
  }
  return `${lines.join('\n')}\n`
}

async function copyInto(pool: Bench['pool'], file: string): Promise<void> {
  const client = await pool.connect()
  try {
    await pipeline(
      createReadStream(file),
      client.query(copyFrom(`COPY leads (${COLUMNS}) FROM STDIN WITH (FORMAT csv, HEADER)`)),
    )
  } finally {
    client.release()
  }
}

async function inOwnProcess(url: string, file: string): Promise<{ ms: number; memory: number; added: number }> {
  const child = fork('tests/bench/support/import-process.ts', [url, file], {
    execArgv: [...SMALL_HEAP, '--import', 'tsx'],
  })
  const [answer] = await once(child, 'message')
  child.disconnect()
  await once(child, 'exit')
  return answer
}
