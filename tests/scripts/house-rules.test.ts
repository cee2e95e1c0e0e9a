import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { houseComplaints } from '../../scripts/lib/house-rules'
import { readSources } from '../../scripts/lib/sources'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'house-'))
})
afterEach(() => rmSync(root, { recursive: true }))

/** Writes a file of so many lines, and more of them, under the root. */
function write(path: string, ...lines: string[]): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), `${lines.join('\n')}\n`)
}
const complaints = () => houseComplaints(readSources(root))
const empty = (lines: number) => Array.from({ length: lines }, () => '')
/** A function of so many lines, its first and last included. */
const functionOf = (lines: number, head = 'function long() {') => [head, ...empty(lines - 2), '}']

describe('the rules of the house', () => {
  it('say nothing of a tree that keeps them, up to their very bounds', () => {
    write('src/domain/full.ts', ...empty(250))
    write('src/domain/long.ts', ...functionOf(80))
    for (let file = 3; file <= 25; file++) write(`src/domain/file-${file}.ts`, 'export const email = 1')
    write('next.config.mjs', 'export default {}')
    write('src/domain/notes.md', ...empty(1_000))
    expect(complaints()).toEqual([])
  })

  it('name a folder of too many files, its folders not counted', () => {
    for (let file = 1; file <= 26; file++) write(`worker/jobs/file-${file}.ts`)
    for (let file = 1; file <= 25; file++) write(`worker/jobs/inner/file-${file}.ts`)
    expect(complaints()).toEqual(['worker/jobs: 26 files, at most 25: make rooms by subject'])
  })

  it('name a file of too many lines', () => {
    write('scripts/long.ts', ...empty(251))
    expect(complaints()).toEqual(['scripts/long.ts: 251 lines, at most 250: split it by what it does'])
  })

  it.each([
    ['declaration', functionOf(81)],
    ['expression', functionOf(81, 'const long = function () {')],
    ['arrow function', functionOf(81, 'const long = () => {')],
    ['method', ['class Long {', ...functionOf(81, 'long() {'), '}']],
    ['function inside a suite', ["describe('suite', () => {", ...functionOf(81, "it('test', () => {"), '})', '})']],
  ])('name a function of too many lines, where it begins: %s', (kind, lines) => {
    write('tests/long.ts', ...lines)
    const first = kind === 'method' || kind === 'function inside a suite' ? 2 : 1
    expect(complaints()).toEqual([`tests/long.ts:${first}: a function of 81 lines, at most 80`])
  })

  it.each(["describe('suite', () => {", "describe.each([1])('suite', () => {", "test.describe('suite', () => {"])(
    'take a suite for a list of tests, not for a function: %s',
    (head) => {
      write('tests/suite.ts', ...functionOf(120, head).with(-1, '})'))
      expect(complaints()).toEqual([])
    },
  )

  it('name what was given up and what took its place, in code, not in words', () => {
    write('src/use-cases/a.ts', '// The mails of a mail server', "const said = 'mails'", 'const mails = said')
    write('src/components/b.tsx', 'export const queryRows = 1')
    expect(complaints()).toEqual([
      'src/components/b.tsx:1: "queryRows" is called query of db/sql.ts now',
      'src/use-cases/a.ts:3: "mails" is called emails now',
    ])
  })

  it.each([
    ['src/mail/compile.ts', 'const mail = 1'],
    ['tests/unit/mail/wire.test.ts', 'const mail = 1'],
    ['tests/chaos/sink/session.ts', 'const mails = 1'],
    ['tests/support/servers/smtp-sink.ts', 'const mails = 1'],
    ['src/components/icons.tsx', "import { Mail, Mails } from 'lucide-react'"],
  ])('leave the names of the protocol and of icons: %s', (path, line) => {
    write(path, line)
    expect(complaints()).toEqual([])
  })

  it('name a look-up whose callers say what its rows are, and a call of the door that says so', () => {
    const take = '<Row extends QueryResultRow>(sql: string) => client.query<Row>(sql)'
    write('tests/a.ts', `export async function ask<Row extends QueryResultRow>(sql: string) {}`)
    write('tests/b.ts', '', `export const ask = ${take}`)
    write('tests/c.ts', `const open = () => ({ rows: ${take} })`)
    write('scripts/d.ts', 'const rows = await query<{ id: string }>(sql)`SELECT id FROM leads`')
    write('worker/e.ts', 'const rows = await db.$queryRaw<{ id: string }[]>`SELECT id FROM leads`')
    const instead = 'name what the rows are beside their SQL, not where it is called'
    expect(complaints().toSorted()).toEqual([
      `scripts/d.ts:1: ${instead}`,
      `tests/a.ts:1: ${instead}`,
      `tests/b.ts:2: ${instead}`,
      `tests/c.ts:1: ${instead}`,
      `worker/e.ts:1: ${instead}`,
    ])
  })

  it('leave rows that are named beside their SQL, and the statements', () => {
    const own = 'const ask = <Row extends QueryResultRow>(sql: string) => client.query<Row>(sql)'
    const read = "export const selectLeads = () => ask<{ id: string }>('SELECT id FROM leads')"
    write('tests/look-ups.ts', own, read, "const { rows } = await client.query<{ id: string }>('SELECT id FROM leads')")
    write('src/db/queries/leads/select-leads.ts', 'export const select = (sql: Sql) => query<Lead>(sql)`SELECT 1`')
    write('src/db/sql.ts', 'export const query = <Row extends QueryResultRow>(sql: Sql) => run<Row>(sql)')
    expect(complaints()).toEqual([])
  })

  it('do not read recorded facts and what is generated', () => {
    for (const folder of ['tests/fixtures', 'src/db/generated'])
      for (let file = 1; file <= 26; file++) write(`${folder}/file-${file}.ts`, 'const mails = 1', ...functionOf(300))
    expect(complaints()).toEqual([])
  })
})
