import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

export type Received = { emails: number; seconds: number }

export type Sink = {
  port: number
  /** Counts since the last reset: emails, and seconds from the first MAIL FROM to the last acceptance. */
  received(): Promise<Received>
  /** Begins to count anew; resolves to a promise of the first MAIL FROM from then on. */
  reset(): Promise<{ begun: Promise<void> }>
  /** Gives each answer only after this time, as across a network. */
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
      return { begun: untilBegun(child) }
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

const answerOf = <T>(child: ChildProcess): Promise<T> => messageThat(child, (message) => message !== 'began')

const untilBegun = async (child: ChildProcess): Promise<void> => {
  await messageThat(child, (message) => message === 'began')
}

/** The next message that fits; others are for somebody else. */
const messageThat = <T>(child: ChildProcess, fits: (message: unknown) => boolean): Promise<T> =>
  new Promise((resolve) => {
    const look = (message: unknown) => {
      if (!fits(message)) return
      child.off('message', look)
      resolve(message as T)
    }
    child.on('message', look)
  })
