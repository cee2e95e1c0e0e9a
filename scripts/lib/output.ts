import { prettyFactory } from 'pino-pretty'

export type Output = {
  /** Writes whole lines under the name of their process: `web      | ready`. */
  line(name: string, text: string): void
  /** Takes a stream in any pieces and writes its lines as they become complete. */
  stream(name: string): (chunk: Buffer | string) => void
}

const COLOURS: Record<string, number> = { web: 36, worker: 35, sandbox: 33, postgres: 34, build: 32 }
const WIDTH = 8

/**
 * The one place where lines of several processes meet. In a terminal the processes' JSON lines become readable;
 * piped, they stay JSON after the name, for machines.
 */
export function createOutput(to: NodeJS.WriteStream = process.stdout): Output {
  const terminal = to.isTTY === true
  const readable = prettyFactory({ colorize: terminal, ignore: 'name,time,pid,hostname', singleLine: true })
  // The reader has gone (a closed terminal, `| head`): the work goes on and is stopped in order.
  to.on('error', () => undefined)

  const line = (name: string, text: string) => {
    const label = name.padEnd(WIDTH)
    const prefix = terminal ? `\u001b[${COLOURS[name] ?? 90}m${label} |\u001b[0m` : `${label} |`
    for (const part of text.split('\n')) {
      if (part.trim() === '') continue
      const shown = terminal && part.startsWith('{"level":') ? readable(part).trimEnd() : part
      to.write(`${prefix} ${shown}\n`)
    }
  }
  const stream = (name: string) => {
    let rest = ''
    return (chunk: Buffer | string) => {
      const parts = (rest + chunk.toString()).split('\n')
      rest = parts.pop() ?? ''
      for (const part of parts) line(name, part)
    }
  }
  return { line, stream }
}
