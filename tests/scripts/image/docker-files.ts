import { execFileSync } from 'node:child_process'

type Instruction = { instruction: string; words: string }

/** The instructions of a Dockerfile by stage, each stage from its FROM on; comments left out, long lines joined. */
export function readDockerfile(text: string): Instruction[][] {
  const stages: Instruction[][] = []
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
  for (const line of lines) {
    const [, instruction, words = ''] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? []
    if (!instruction) continue
    if (instruction === 'FROM') stages.push([])
    stages.at(-1)?.push({ instruction, words })
  }
  return stages
}

/** Whether `.dockerignore` lets a file through: the last line that matches it, or a folder that it is in, decides. */
export function isSent(rules: string, path: string): boolean {
  const folders = path.split('/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/'))
  let sent = true
  for (const line of rules.split('\n')) {
    const pattern = line.trim()
    if (pattern === '' || pattern.startsWith('#')) continue
    const lets = pattern.startsWith('!')
    const matches = matcherOf(lets ? pattern.slice(1) : pattern)
    if (folders.some((folder) => matches.test(folder))) sent = lets
  }
  return sent
}

/** A pattern of Docker: `*` within a name, `**` over any folders. */
function matcherOf(pattern: string): RegExp {
  const source = pattern
    .split(/(\*\*\/|\*)/)
    .map((part) => (part === '**/' ? '(?:.*/)?' : part === '*' ? '[^/]*' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
    .join('')
  return new RegExp(`^${source}$`)
}

/** Paths of all files under version control, from the top. */
export const trackedFiles = (): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
    .trim()
    .split('\n')
