import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCampaign } from '@/use-cases/start-campaign'
import { WORKER_ARGS } from '../../scripts/lib/node-args'
import { type Bench, ENCRYPTION_KEY, openBench } from './support/bench-deps'
import { type Benchmark, median } from './support/figures'
import { cpuSeconds, peakMemory } from './support/process-use'
import { type Sink, startSink } from './support/sink-process'

const MAILS = 10_000
const CONNECTIONS = 20
const ROUNDS = 3
const ROUNDS_SMALL = 1
const NETWORK_MS = 20

/**
 * A campaign's mails through one worker process and one mailbox, against a bare nodemailer pool in a process of its
 * own that sends the same rendered mails over as many connections to the same sink, turn by turn. Then two workers
 * with a mailbox each against one: at the sink's full speed, where all processes share two processors, and with an answer that
 * takes 20 ms. Rates are the sink's, from the first MAIL FROM to the last acceptance.
 */
export const send: Benchmark = async ({ scale, report, note }) => {
  const sink = await startSink()
  const bench = await openBench({ smtpPort: sink.port })
  try {
    const mails = Math.ceil(MAILS * scale)
    const workflowId = await bench.seed.workflow(1)
    const boxes = [await bench.seed.mailbox('First', CONNECTIONS), await bench.seed.mailbox('Second', CONNECTIONS)]
    const own: Sent[] = []
    const bare: Sent[] = []
    const pairs: Sent[] = []
    for (let round = 0; round < (scale < 1 ? ROUNDS_SMALL : ROUNDS); round++) {
      const name = `Send ${round}`
      own.push(await throughWorkers(bench, sink, { name, mails, workflowId, mailboxIds: boxes.slice(0, 1) }))
      bare.push(await throughBareNodemailer(bench, sink, mails))
      pairs.push(await throughWorkers(bench, sink, { name: `Pair ${round}`, mails, workflowId, mailboxIds: boxes }))
      note(
        `round ${round + 1}: worker ${perSecond(own)}/s, bare nodemailer ${perSecond(bare)}/s, two workers ${perSecond(pairs)}/s`,
      )
    }
    // Across a network the wire is slower than the processor, and a second mailbox is a second wire.
    await sink.delay(NETWORK_MS)
    const far = { mails: Math.ceil(mails / 2), workflowId }
    const oneFar = await throughWorkers(bench, sink, { ...far, name: 'One far', mailboxIds: boxes.slice(0, 1) })
    const twoFar = await throughWorkers(bench, sink, { ...far, name: 'Two far', mailboxIds: boxes })
    const rate = (runs: Sent[]) => median(runs.map((run) => run.mails / run.seconds))
    const perCpu = (runs: Sent[]) => median(runs.map((run) => run.mails / run.cpu))
    report({ name: 'send', value: rate(own), unit: 'mails/s', limit: rate(bare) }, { ratio: { atLeast: 0.8 } })
    report({ name: 'send-per-cpu-second', value: perCpu(own), unit: 'mails per CPU second', limit: perCpu(bare) })
    report(
      {
        name: 'send-memory',
        value: Math.max(...own.map(({ memory }) => memory)),
        unit: 'MiB at most',
        limit: Math.max(...bare.map(({ memory }) => memory)),
      },
      { value: { atMost: 250 } },
    )
    const aim = { ratio: { atLeast: 1.3 } }
    report({ name: 'send-two-workers', value: rate(pairs), unit: 'mails/s', limit: rate(own) }, aim)
    report({ name: 'send-two-workers-far', value: rate([twoFar]), unit: 'mails/s', limit: rate([oneFar]) }, aim)
  } finally {
    await bench.close()
    await sink.close()
  }
}

type Sent = { mails: number; seconds: number; cpu: number; memory: number }

const perSecond = (runs: Sent[]) => ((runs.at(-1)?.mails ?? 0) / (runs.at(-1)?.seconds ?? 1)).toFixed(0)

/** One worker process a mailbox, as `npm run worker` starts it. */
async function throughWorkers(
  bench: Bench,
  sink: Sink,
  { name, mails, workflowId, mailboxIds }: { name: string; mails: number; workflowId: string; mailboxIds: string[] },
): Promise<Sent> {
  const batchId = await bench.seed.batch(name, mails)
  const campaignId = await bench.seed.campaign(name, { batchId, workflowId, mailboxIds })
  await startCampaign(bench.deps, { campaignId, by: 'bench' })
  await bench.seed.settle()
  await sink.reset()
  const workers = await Promise.all(mailboxIds.map(() => startWorker(bench.url, sink.port)))
  const before = workers.map(({ pid }) => cpuSeconds(pid as number))
  while ((await sink.received()).mails < mails) await sleep(200)
  await untilCompleted(bench, campaignId)
  const cpu = workers.reduce((sum, { pid }, i) => sum + cpuSeconds(pid as number) - (before[i] ?? 0), 0)
  const memory = Math.max(...workers.map(({ pid }) => peakMemory(pid as number)))
  await Promise.all(workers.map(stop))
  return { ...(await sink.received()), cpu, memory }
}

async function untilCompleted({ deps }: Bench, campaignId: string): Promise<void> {
  while ((await deps.db.campaign.findUniqueOrThrow({ where: { id: campaignId } })).status !== 'completed')
    await sleep(100)
}

async function throughBareNodemailer({ deps }: Bench, sink: Sink, mails: number): Promise<Sent> {
  const file = join(tmpdir(), `leadnexconnect-bench-${process.pid}.json`)
  const sent = await deps.db.email.findMany({
    take: mails,
    orderBy: { sentAt: 'desc' },
    select: { fromEmail: true, toEmail: true, subject: true, bodyText: true, bodyHtml: true, messageId: true },
  })
  await writeFile(file, JSON.stringify(sent))
  await sink.reset()
  const child = fork('tests/bench/support/bare-nodemailer.ts', [file, String(sink.port), String(CONNECTIONS)], {
    execArgv: ['--import', 'tsx'],
  })
  await once(child, 'message')
  const before = cpuSeconds(child.pid as number)
  child.send('go')
  await once(child, 'message')
  const cpu = cpuSeconds(child.pid as number) - before
  const memory = peakMemory(child.pid as number)
  child.disconnect()
  await once(child, 'exit')
  return { ...(await sink.received()), cpu, memory }
}

async function startWorker(url: string, smtpPort: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, WORKER_ARGS, {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: url,
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      SANDBOX_INBOX: 'true',
      APP_URL: 'http://localhost:3000',
      AUTH_SECRET: 'a-secret-for-benchmarks-that-is-long-enough',
      ENCRYPTION_KEY,
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await once(child, 'spawn')
  return child
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM')
  await once(child, 'exit')
}
