import type { Progress } from '../../../src/use-cases/progress/get-progress'

const WIDTH = 40

/** A line of its own, above the live one. */
export const writeNote = (to: NodeJS.WriteStream, line: string): void =>
  void to.write(`${to.isTTY ? '\r\u001b[2K' : ''}${line}\n`)

/** One live line in a terminal; elsewhere a line whenever something changed. */
export function createProgressDisplay(to: NodeJS.WriteStream) {
  let last = ''
  return {
    show({ asOf, status, ledger, steps, timezone }: Progress): void {
      const time = new Intl.DateTimeFormat('en-GB', {
        timeZone: timezone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
      }).format(asOf)
      const filled = ledger.planned > 0 ? Math.round((WIDTH * ledger.sent) / ledger.planned) : 0
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
      const bySteps = steps
        .map(({ stepNumber, ledger: own }) => `step ${stepNumber} ${own.sent}/${own.planned}`)
        .join('  ')
      const state = `${bar} ${ledger.sent}/${ledger.planned} sent  ${bySteps}  ${status}`
      if (to.isTTY) to.write(`\r\u001b[2K${time}  ${state}${status === 'running' ? '' : '\n'}`)
      else if (state !== last) to.write(`${time}  ${state}\n`)
      last = state
    },
  }
}
