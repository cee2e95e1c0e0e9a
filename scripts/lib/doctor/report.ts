import type { Chapter } from './examine'

/** How many faults there are. */
export const countFaults = (chapters: readonly Chapter[]): number =>
  chapters.flatMap(({ findings }) => findings).filter(({ state }) => state === 'fault').length

const INDENT = ' '.repeat(10)

/** What was found, for people: a line for each, and below a fault what puts it right. */
export function reportOf(chapters: readonly Chapter[]): string {
  const faults = countFaults(chapters)
  const end = faults === 0 ? 'No fault was found.' : `${faults} fault${faults === 1 ? '' : 's'} found.`
  return [...chapters.flatMap(linesOf), '', end].join('\n')
}

const linesOf = ({ name, findings }: Chapter): string[] => [
  name,
  ...findings.flatMap((finding) => {
    const said = `  ${finding.state.padEnd(7)} ${finding.says.replaceAll('\n', `\n${INDENT}`)}`
    return finding.state === 'fault' && finding.fix ? [said, `${INDENT}Fix: ${finding.fix}`] : [said]
  }),
]
