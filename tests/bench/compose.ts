import { type DueEmail, selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import { createComposer } from '@/use-cases/delivery/compose-email'
import { openBench } from './support/bench-deps'
import { type Benchmark, medianPair } from './support/figures'

const EMAILS = 10_000
const ROUNDS = 5
const PASSES = 20

/**
 * From the facts of due emails to their bytes for the wire: variables, template, footer, headers, message. The limit is
 * what joining the ready lines of the same messages costs. Time of the processor, in the process.
 */
export const compose: Benchmark = async ({ scale, report }) => {
  const { deps, seed, close } = await openBench()
  try {
    const mailboxId = await seed.mailbox('Compose', 1)
    await seed.plannedCampaign({
      name: 'Compose',
      status: 'running',
      batchId: await seed.batch('Compose', Math.ceil(EMAILS * scale)),
      workflowId: await seed.workflow(1),
      mailboxId,
      sentShare: 0,
      dueInDays: 0,
    })
    const planned = await deps.db.scheduledEmail.findMany({ select: { id: true } })
    const due = await selectEmailFacts(
      deps.sql,
      planned.map(({ id }) => id),
    )
    const composer = createComposer(
      deps,
      await deps.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } }),
      await deps.db.settings.findUniqueOrThrow({ where: { id: 1 } }),
    )
    const messages = (await composeAll(composer, due)).map((raw) => raw.toString().split('\r\n'))
    const joinAll = async () => {
      for (let pass = 0; pass < PASSES; pass++) for (const lines of messages) Buffer.from(lines.join('\r\n'))
    }
    const [own, joined]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      own.push((await processorMs(() => composeAll(composer, due))) / due.length)
      joined.push((await processorMs(joinAll)) / PASSES / due.length)
    }
    report(
      { name: 'compose', unit: 'ms of processor an email', ...medianPair(own, joined) },
      { value: { atMost: 0.06 } },
    )
  } finally {
    await close()
  }
}

async function composeAll(composer: ReturnType<typeof createComposer>, due: readonly DueEmail[]): Promise<Buffer[]> {
  const made: Buffer[] = []
  for (const email of due) {
    const composed = await composer(email)
    if (!composed.ok) throw new Error(composed.reason)
    made.push(composed.outgoing.raw)
  }
  return made
}

async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
