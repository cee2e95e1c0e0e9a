import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpuBetween, cpuSeconds, peakMemory } from '../process-use'
import type { Received, Sink } from '../sink-process'

/** Senders with nothing around them, each a program of this folder; see there. */
export type BareSender = 'pool' | 'connections' | 'socket'

/** What a sender did, by the sink: from the first MAIL FROM to the last acceptance. Its processor time in seconds, memory at most in MiB. */
export type Sent = Received & { cpu: number; memory: number }

/** An email as it was sent; `file` of a job holds a list of them. */
export type SentEmail = {
  fromEmail: string
  toEmail: string
  subject: string
  bodyText: string
  bodyHtml: string | null
  messageId: string
}

export type Job = { port: number; connections: number; file: string; emails: number }

/** Sends so many emails through a sender in a process of its own; those of the file, over and over. */
export async function throughBare(sender: BareSender, sink: Sink, job: Omit<Job, 'port'>): Promise<Sent> {
  const { file, emails, connections } = job
  const words = [file, sink.port, connections, emails].map(String)
  const child = fork(`tests/bench/support/bare/${sender}.ts`, words, { execArgv: ['--import', 'tsx'] })
  const answer = () =>
    Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`The bare ${sender} ended with ${code} before it had sent everything`)
      }),
    ])
  await answer()
  await sink.reset()
  const before = cpuSeconds(child.pid as number)
  const done = answer()
  child.send('go')
  await done
  const cpu = cpuBetween(before, cpuSeconds(child.pid as number))
  const memory = peakMemory(child.pid as number)
  child.disconnect()
  await once(child, 'exit')
  return { ...(await sink.received()), cpu, memory }
}
