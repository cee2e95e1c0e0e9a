import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

export type Received = { emails: number; seconds: number }

export type Sink = {
  port: number
  /** Counts since the last reset: mails, and seconds from the first MAIL FROM to the last acceptance. */
  received(): Promise<Received>
  reset(): Promise<void>
  /** Accepts each message only after this time, as across a network. */
  delay(ms: number): Promise<void>
  close(): Promise<void>
}

/** Starts the sink in a process of its own. */
export async function startSink(): Promise<Sink> {
  const child = fork('tests/bench/support/smtp-sink.ts', { execArgv: ['--import', 'tsx'] })
  const { port } = await answerOf<{ port: number }>(child)
  const ask = async <T>(word: string | number): Promise<T> => {
    child.send(word)
    return answerOf<T>(child)
  }
  return {
    port,
    received: () => ask<Received>('count'),
    reset: async () => {
      await ask('reset')
    },
    delay: async (ms) => {
      await ask(ms)
    },
    close: async () => {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

const answerOf = async <T>(child: ChildProcess): Promise<T> => (await once(child, 'message'))[0] as T
