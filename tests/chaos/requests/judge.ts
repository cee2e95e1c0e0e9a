import { tmpdir } from 'node:os'

/** Signs that an answer says how the program is built, or what its database said. */
const LEAKS: readonly [string, RegExp][] = [
  ['a stack trace', /\n\s+at |\\n\s+at .+:\d+:\d+/],
  ['a place in a file', /[\w-]\.(?:[cm]?[jt]sx?):\d+/],
  ['a package', /node_modules|node:internal/],
  ['SQL', /\b(?:select\b.{1,300}\bfrom\b.{1,300}\bwhere\b|insert into|delete from|update\b.{1,60}\bset\b.{1,60}=)/is],
  [
    'an error of the database',
    /violates (?:unique|check|foreign|not-null)|syntax error at|invalid byte sequence|out of range for type|relation "/,
  ],
  [
    'an error of the program',
    /prisma|\bP20\d\d\b|TypeError|RangeError|ReferenceError|SyntaxError|Cannot read propert|is not a function|Maximum call stack|\bECONN\w+/i,
  ],
]
const PLACES = [process.cwd(), tmpdir() === '/tmp' ? '/tmp/leadnexconnect' : tmpdir()]

export type Answer = { status: number; text: string; headers: Headers }

/** What is wrong with an answer, in words; null where nothing is. `asked`: what was sent, which may come back. */
export function faultOf({ status, text, headers }: Answer, asked: string): string | null {
  // Calls of a batch have a status each.
  if (status >= 500 || /"httpStatus":5\d\d/.test(text)) return `status ${status}`
  const said = `${text}\n${[...headers.values()].join('\n')}`
  const place = PLACES.find((path) => said.includes(path))
  if (place) return `the path ${place}`
  for (const [name, pattern] of LEAKS) {
    const found = pattern.exec(said)
    if (found && !asked.includes(found[0])) return `${name}: “${around(said, found.index)}”`
  }
  return null
}

// So many characters before and after a find show what it stands in.
const AROUND = 60

const around = (text: string, at: number) => text.slice(Math.max(0, at - AROUND), at + AROUND).replace(/\s+/g, ' ')
