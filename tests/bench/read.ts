import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { WORKER_FLAGS } from '../../scripts/lib/app/node-args'
import { answerOf, contactLeads, READ_AT } from '../support/conversation/contacted-leads'
import { SAMPLE_MESSAGES } from '../support/conversation/received'
import { type Dovecot, startDovecot } from '../support/mail-servers/dovecot'
import { deliverAll } from '../support/mail-servers/dovecot-messages'
import { type Bench, openBench } from './support/bench-deps'
import { type Benchmark, timed } from './support/figures'

const MESSAGES = 10_000

/**
 * Reading a mailbox of Dovecot's into effects, as many messages in a transaction as do not concern each other, against imapflow that fetches the headers
 * of the same messages and stores nothing; each in a process of its own. The limit is the mean of a fetch before the reading
 * and one after it, since others use the machine as well. Beside it the least that one transaction a message can take: as many
 * rows, each written and committed alone.
 */
export const read: Benchmark = async ({ scale, report }) => {
  const messages = Math.ceil(MESSAGES * scale)
  const { url, deps, pool, seed, close } = await openBench()
  const dovecot = await startDovecot({ sam: 'right' })
  try {
    await fill(dovecot, messages)
    const { mailboxId } = await contactLeads(deps, { leads: messages, port: dovecot.ports.imaps })
    await seed.analyse()
    const fetchHeaders = () => inOwnProcess('headers-process', [String(dovecot.ports.imaps)], dovecot)
    // The server's own index is warm for both, and so is what Node keeps of the sources: compiling them takes memory of its own.
    await fetchHeaders()
    await inOwnProcess('read-process', [url, randomUUID()], dovecot)
    const before = await fetchHeaders()
    const own = await inOwnProcess('read-process', [url, mailboxId], dovecot)
    const after = await fetchHeaders()
    const commits = await timed(() => commitOneByOne(pool, messages))
    for (const one of [before, own, after])
      if (one.messages !== messages) throw new Error(`${one.messages} of ${messages} messages were read`)
    const mean = (of: 'ms' | 'cpu') => (before[of] + after[of]) / 2
    report(
      { name: 'read', value: own.ms, unit: `ms for ${messages} messages`, limit: mean('ms') },
      { ratio: { atMost: 3 } },
    )
    report({ name: 'read-commits', value: own.ms, unit: `ms for ${messages} transactions`, limit: commits })
    report({ name: 'read-cpu', value: own.cpu, unit: 's of processor in the process', limit: mean('cpu') })
    report({ name: 'read-memory', value: own.memory, unit: 'MiB at most', limit: null }, { value: { atMost: 250 } })
  } finally {
    await dovecot.close()
    await close()
  }
}

async function commitOneByOne(pool: Bench['pool'], rows: number): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('CREATE TABLE committed (id int PRIMARY KEY, message text)')
    const insert = { name: 'commit', text: 'INSERT INTO committed VALUES ($1, $2)' }
    for (let n = 0; n < rows; n++) await client.query({ ...insert, values: [n, 'x'.repeat(500)] })
  } finally {
    client.release()
  }
}

async function fill(dovecot: Dovecot, count: number): Promise<void> {
  const messages = Array.from({ length: count }, (_, n) => {
    const { name } = SAMPLE_MESSAGES[n % SAMPLE_MESSAGES.length] ?? { name: '' }
    return { raw: answerOf(n, name) }
  })
  await deliverAll(dovecot, 'sam', { at: READ_AT, messages })
}

type Use = { ms: number; cpu: number; memory: number; messages: number }

async function inOwnProcess(name: string, args: string[], { certificate }: Dovecot): Promise<Use> {
  const child = fork(`tests/bench/support/${name}.ts`, args, {
    execArgv: [...WORKER_FLAGS, '--import', 'tsx'],
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate.cert },
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${code} and no figures`)
  })
  const [answer] = await Promise.race([once(child, 'message'), ended])
  child.disconnect()
  await ended.catch(() => undefined)
  return answer
}
