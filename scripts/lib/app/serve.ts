import { parseArgs } from 'node:util'
import { createOutput } from '../output'
import { Problem } from '../problem'
import { ownerWords } from './owner-code'
import { readSettings } from './settings'
import { type AppOptions, type RunningApp, startApp } from './start-app'

// npm, the shell and the terminal may each pass the same Ctrl-C on; a second one that is meant comes later.
const SAME_PRESS_MS = 1_500

/** Runs the app in the foreground until Ctrl-C, SIGTERM or the end of the terminal, then stops everything in order. */
export async function serve(mode: NonNullable<AppOptions['mode']>): Promise<void> {
  const { sampleSources } = readArguments()
  const output = createOutput()
  const abort = new AbortController()
  let app: RunningApp | undefined
  let askedAt = 0

  const ask = (how: string) => {
    if (askedAt > 0) {
      if (Date.now() - askedAt > SAME_PRESS_MS) app?.kill()
      return
    }
    askedAt = Date.now()
    output.line('app', `stopping (${how})`)
    abort.abort()
    if (app) void finish(app)
  }
  const finish = async (running: RunningApp) => {
    await running.stop()
    output.line('app', 'stopped')
    process.exit(0)
  }
  process.on('SIGINT', () => ask('Ctrl-C'))
  process.on('SIGTERM', () => ask('SIGTERM'))
  process.on('SIGHUP', () => ask('the terminal was closed'))
  process.on('disconnect', () => ask('the starting process is gone'))

  try {
    app = await startApp({ ...readSettings(process.env), sampleSources, mode, output, abort: abort.signal })
  } catch (error) {
    if (!abort.signal.aborted) throw error
    output.line('app', 'stopped before it was up')
    process.exit(0)
  }
  if (abort.signal.aborted) return finish(app)
  output.line('app', `LeadNexConnect is running: ${app.url}   (Ctrl-C stops it)`)
  if (app.ownerCode) output.line('app', ownerWords(app.url, app.ownerCode))
}

function readArguments(): { sampleSources: boolean } {
  try {
    const { values } = parseArgs({ options: { 'sample-sources': { type: 'boolean' } } })
    return { sampleSources: values['sample-sources'] ?? false }
  } catch {
    throw new Problem('The only option is --sample-sources: npm start -- --sample-sources. Nothing was started.')
  }
}
