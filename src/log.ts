import { type Logger as PinoLogger, pino } from 'pino'
import pretty from 'pino-pretty'

export type Logger = PinoLogger

/**
 * One line an event; campaign, scheduled email, lead, mailbox, attempt and reason are fields. Readable in a
 * terminal, JSON when piped. Secrets and bodies are never handed to it; `redact` is the second net.
 */
export function createLogger({ name, level, readable }: { name: string; level: string; readable: boolean }): Logger {
  const options = {
    name,
    level,
    base: { name },
    redact: { paths: ['*.password', '*.apiKey', '*.authorization', 'password', 'apiKey'], censor: '[redacted]' },
  }
  if (!readable) return pino(options)
  return pino(options, pretty({ colorize: true, ignore: 'name,time', sync: true, singleLine: true }))
}
