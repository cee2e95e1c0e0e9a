import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { WORKER_ARGS } from '../../scripts/lib/app/node-args'
import { type Bench, ENCRYPTION_KEY, openBench } from './support/bench-deps'
import type { Benchmark, Report } from './support/figures'
import { cpuSeconds, peakMemory } from './support/process-use'
import { type Sink, startSink } from './support/sink-process'

const EMAILS = 10_000
const CONNECTIONS = 20
const ROUNDS = 5
const NETWORK_MS = 20

/**
 * A campaign's emails through one worker process and one mailbox, against a bare nodemailer pool in a process of its
 * own that sends the same rendered emails over as many connections to the same sink, turn by turn. Then two workers
 * with a mailbox each against one: where each message's answer takes 20 ms, as across a network, and at the sink's full
 * speed, where one worker, the database and the sink leave a machine of two processors hardly anything to gain. Rates
 * are the sink's, from the first MAIL FROM to the last acceptance. Figures are of the round whose ratio is the median:
 * both sides of a ratio are measured within seconds of each other.
 */
export const send: Benchmark = async ({ scale, report, note }) => {
  const sink = await startSink()
  const bench = await openBench({ smtpPort: sink.port })
  try {
    const emails = Math.ceil(EMAILS * scale)
    const workflowId = await bench.seed.workflow(1)
    const boxes = [await bench.seed.mailbox('First', CONNECTIONS), await bench.seed.mailbox('Second', CONNECTIONS)]
    const through = (name: string, mailboxIds: string[], share = 1) =>
      throughWorkers(bench, sink, { name, emails: Math.ceil(emails * share), workflowId, mailboxIds })
    // The first to come finds a cold database.
    await through('Warming up', boxes, 0.1)
    const rounds: Round[] = []
    for (let i = 1; i <= (scale < 1 ? 1 : ROUNDS); i++) {
      const own = await through(`Own ${i}`, boxes.slice(0, 1))
      const bare = await throughBareNodemailer(bench, sink, emails)
      const pair = await through(`Pair ${i}`, boxes)
      // Across a network the wire is slower than the processor, and a second mailbox is a second wire.
      await sink.delay(NETWORK_MS)
      const ownFar = await through(`Own far ${i}`, boxes.slice(0, 1), 0.5)
      const pairFar = await through(`Pair far ${i}`, boxes, 0.5)
      await sink.delay(0)
      rounds.push({ own, bare, pair, ownFar, pairFar })
      note(`round ${i}: ${toldOf({ own, bare, pair, ownFar, pairFar })}`)
    }
    tell(rounds, report)
  } finally {
    await bench.close()
    await sink.close()
  }
}

type Round = Record<'own' | 'bare' | 'pair' | 'ownFar' | 'pairFar', Sent>

const rate = ({ emails, seconds }: Sent) => emails / seconds
const perCpu = ({ emails, cpu }: Sent) => emails / cpu

const toldOf = (round: Round) =>
  Object.entries(round)
    .map(([name, sent]) => `${name} ${rate(sent).toFixed(0)}/s`)
    .join(', ')

function tell(rounds: Round[], report: Report): void {
  const middle = (a: keyof Round, b: keyof Round, figure: (sent: Sent) => number) => {
    const sides = rounds.map((round) => ({ value: figure(round[a]), limit: figure(round[b]) }))
    const ratio = ({ value, limit }: { value: number; limit: number }) => value / limit
    return sides.sort((one, other) => ratio(one) - ratio(other))[
      Math.floor((sides.length - 1) / 2)
    ] as (typeof sides)[0]
  }
  const memory = (side: keyof Round) => Math.max(...rounds.map((round) => round[side].memory))
  const unit = 'emails/s'
  report({ name: 'send', unit, ...middle('own', 'bare', rate) }, { ratio: { atLeast: 0.8 } })
  report({ name: 'send-per-cpu-second', unit: 'emails per CPU second', ...middle('own', 'bare', perCpu) })
  report(
    { name: 'send-memory', value: memory('own'), unit: 'MiB at most', limit: memory('bare') },
    { value: { atMost: 250 } },
  )
  report({ name: 'send-two-workers-network', unit, ...middle('pairFar', 'ownFar', rate) }, { ratio: { atLeast: 1.3 } })
  report({ name: 'send-two-workers-loopback', unit, ...middle('pair', 'own', rate) })
}

type Sent = { emails: number; seconds: number; cpu: number; memory: number }

/** One worker process a mailbox, as `npm run worker` starts it. */
async function throughWorkers(
  bench: Bench,
  sink: Sink,
  { name, emails, workflowId, mailboxIds }: { name: string; emails: number; workflowId: string; mailboxIds: string[] },
): Promise<Sent> {
  const batchId = await bench.seed.batch(name, emails)
  const campaignId = await bench.seed.campaign(name, { batchId, workflowId, mailboxIds })
  await startCampaign(bench.deps, { campaignId, by: 'bench' })
  await bench.seed.analyse()
  await sink.reset()
  const workers = await Promise.all(mailboxIds.map(() => startWorker(bench.url, sink.port)))
  const before = workers.map(({ pid }) => cpuSeconds(pid as number))
  while ((await sink.received()).emails < emails) await sleep(200)
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

async function throughBareNodemailer({ deps }: Bench, sink: Sink, emails: number): Promise<Sent> {
  const file = join(tmpdir(), `leadnexconnect-bench-${process.pid}.json`)
  const sent = await deps.db.email.findMany({
    take: emails,
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
