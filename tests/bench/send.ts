import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundlePrograms } from '../../scripts/lib/app/programs'
import { type BareSender, type Sent, type SentEmail, throughBare } from './support/bare/bare-sender'
import { type Bench, openBench } from './support/bench-deps'
import { type Benchmark, median, medianPair, type Report } from './support/figures'
import { type Sink, startSink } from './support/sink-process'
import { type SentByWorkers, throughWorkers } from './support/through-workers'

const EMAILS = 15_000
const CONNECTIONS = 20
const ROUNDS = 5
const NETWORK_MS = 20
// What a round takes must stay within two minutes: the slower a sender, the fewer emails it gets, and the faster, the more.
const SOCKET_SHARE = 2
const FAR_SHARE = 0.2
const POOL_SHARE = 0.25
// Senders of ready bytes send these over and over.
const KEPT_EMAILS = 2_000

/**
 * A campaign's emails through one worker process and one mailbox, against the least that this can take: ready bytes of the
 * same emails through as many of nodemailer's `SMTPConnection`, which the worker uses as well, in a process with nothing around them; at
 * the sink's full speed, and where each answer takes 20 ms, as across a network. Beside it nodemailer's pool, which
 * composes too, and two workers with a mailbox each against one. The sink is measured as well, by bare sockets: it must not be
 * the limit. Rates are the sink's, from the first MAIL FROM to the last acceptance; processor time of a worker includes
 * the database's. Figures are of the round whose ratio is the median: both sides of a ratio are measured within a minute.
 */
export const send: Benchmark = async ({ scale, report, note }) => {
  await bundlePrograms()
  const sink = await startSink()
  const bench = await openBench({ smtpPort: sink.port })
  const folder = await mkdtemp(join(tmpdir(), 'leadnexconnect-bench-'))
  try {
    const emails = Math.ceil(EMAILS * scale)
    const workflowId = await bench.seed.workflow(1)
    const boxes = [await bench.seed.mailbox('First', CONNECTIONS), await bench.seed.mailbox('Second', CONNECTIONS)]
    const through = (name: string, mailboxIds: string[], share = 1) =>
      throughWorkers(bench, sink, { name, emails: Math.ceil(emails * share), workflowId, mailboxIds })
    // The first to come finds a cold database.
    await through('Warming up', boxes, 0.1)
    const file = join(folder, 'emails.json')
    await writeFile(file, JSON.stringify(await sentEmails(bench)))
    const bare = (sender: BareSender, share = 1) =>
      throughBare(sender, sink, { file, emails: Math.ceil(emails * share), connections: CONNECTIONS })
    const rounds: Round[] = []
    for (let i = 1; i <= (scale < 1 ? 1 : ROUNDS); i++) {
      const near = {
        socket: await bare('socket', SOCKET_SHARE),
        own: await through(`Own ${i}`, boxes.slice(0, 1)),
        bare: await bare('connections'),
        pool: await bare('pool', POOL_SHARE),
        pair: await through(`Pair ${i}`, boxes),
      }
      const far = await acrossNetwork(sink, async () => ({
        ownFar: await through(`Own far ${i}`, boxes.slice(0, 1), FAR_SHARE),
        bareFar: await bare('connections', FAR_SHARE),
        // Across a network the wire is slower than the processor, and a second mailbox is a second wire.
        pairFar: await through(`Pair far ${i}`, boxes, FAR_SHARE),
      }))
      rounds.push({ ...near, ...far })
      note(`round ${i}: ${summaryOf({ ...near, ...far })}`)
    }
    reportOn(rounds, report)
  } finally {
    await bench.close()
    await sink.close()
    await rm(folder, { recursive: true, force: true })
  }
}

type Workers = 'own' | 'pair' | 'ownFar' | 'pairFar'
type Round = Record<Workers, SentByWorkers> & Record<'socket' | 'bare' | 'pool' | 'bareFar', Sent>

async function acrossNetwork<T>(sink: Sink, work: () => Promise<T>): Promise<T> {
  await sink.delay(NETWORK_MS)
  const done = await work()
  await sink.delay(0)
  return done
}

const sentEmails = ({ deps }: Bench): Promise<SentEmail[]> =>
  deps.db.email.findMany({
    take: KEPT_EMAILS,
    orderBy: { sentAt: 'desc' },
    select: { fromEmail: true, toEmail: true, subject: true, bodyText: true, bodyHtml: true, messageId: true },
  })

const rate = ({ emails, seconds }: Sent) => emails / seconds
const cpuEach = ({ emails, cpu }: Sent) => (1000 * cpu) / emails

const summaryOf = (round: Round) =>
  Object.entries(round)
    .map(([name, sent]) => `${name} ${rate(sent).toFixed(0)}/s ${cpuEach(sent).toFixed(3)} ms`)
    .join(', ')

function reportOn(rounds: Round[], report: Report): void {
  const middle = (own: keyof Round, limit: keyof Round, figure: (sent: Sent) => number) =>
    medianPair(
      rounds.map((round) => figure(round[own])),
      rounds.map((round) => figure(round[limit])),
    )
  const unit = 'emails/s'
  const ms = 'ms of processor an email'
  const alone = (name: string, of: (round: Round) => number, unitOf: string) =>
    ({ name, value: median(rounds.map(of)), unit: unitOf, limit: null }) as const
  report(
    alone('sink', (round) => rate(round.socket), unit),
    { value: { atLeast: 20_000 } },
  )
  report({ name: 'send', unit, ...middle('own', 'bare', rate) }, { ratio: { atLeast: 0.33 } })
  report({ name: 'send-cpu', unit: ms, ...middle('own', 'bare', cpuEach) }, { ratio: { atMost: 3.5 } })
  report(alone('send-cpu-worker', ({ own }) => (1000 * own.cpuOfWorkers) / own.emails, ms))
  report(alone('send-cpu-database', ({ own }) => (1000 * own.cpuOfDatabase) / own.emails, ms))
  report({ name: 'send-network', unit, ...middle('ownFar', 'bareFar', rate) }, { ratio: { atLeast: 0.93 } })
  const memory = Math.max(...rounds.map(({ own }) => own.memory))
  report({ name: 'send-memory', value: memory, unit: 'MiB at most', limit: null }, { value: { atMost: 220 } })
  report({ name: 'send-pool', unit, ...middle('own', 'pool', rate) }, { ratio: { atLeast: 0.8 } })
  report({ name: 'send-two-workers-network', unit, ...middle('pairFar', 'ownFar', rate) }, { ratio: { atLeast: 1.3 } })
  report({ name: 'send-two-workers-loopback', unit, ...middle('pair', 'own', rate) }, { ratio: { atLeast: 1 } })
}
