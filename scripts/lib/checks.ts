import { execFile, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { readAudit } from './advisories'
import { differencesToSchema, MIGRATIONS_DIR, migrate } from './database/migrations'
import { recentStateComplaint } from './database/recent-state'
import { withScratchDatabase } from './database/scratch-database'
import { houseComplaints } from './house-rules'
import { packageComplaints } from './package-rules'
import { wordComplaints } from './screen-words'
import { readSources, SOURCE_FOLDERS } from './sources'

/** Something that must hold for every commit: `undefined` when it does, else what it complains about, or why nobody could say. */
export type Check = { name: string; run(): Promise<string | { unknown: string } | undefined> }

export const CHECKS: Check[] = [
  {
    name: 'format and lint (Biome)',
    run: () =>
      program('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--no-errors-on-unmatched']),
  },
  {
    name: 'types (tsc)',
    // Next's own types of routes first: those of a route that is gone would fail the check.
    run: async () =>
      (await program('node_modules/next/dist/bin/next', ['typegen'])) ??
      program('node_modules/typescript/bin/tsc', ['--noEmit', '--pretty', 'false']),
  },
  {
    name: 'directions (dependency-cruiser)',
    run: () =>
      program('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', [
        '--config',
        '.dependency-cruiser.cjs',
        ...SOURCE_FOLDERS,
      ]),
  },
  {
    name: 'nothing unused (knip)',
    run: () => program('node_modules/knip/bin/knip.js', ['--no-progress', '--treat-config-hints-as-errors']),
  },
  {
    name: 'packages (lockfile, replaced ones)',
    run: async () =>
      packageComplaints(readJson('package.json'), readJson('package-lock.json'), readSources()).join('\n') || undefined,
  },
  {
    name: 'no known advisory (npm audit)',
    run: async () => {
      const advisories = readAudit(await audit())
      return 'unasked' in advisories ? { unknown: advisories.unasked } : advisories.found.join('\n') || undefined
    },
  },
  {
    name: 'sizes and names',
    run: async () => houseComplaints(readSources()).join('\n') || undefined,
  },
  {
    name: 'words on screens',
    run: async () =>
      readSources()
        .filter(({ path }) => /^src\/(app|components|use-cases)\//.test(path))
        .flatMap(({ path, text }) => wordComplaints(path, text))
        .join('\n') || undefined,
  },
  {
    name: 'migrations lead to schema.prisma',
    run: async () => {
      const differences = await withScratchDatabase(async (url) => {
        await migrate(url)
        return differencesToSchema(url)
      })
      if (differences === '') return undefined
      return `From what the migrations make to prisma/schema.prisma:\n${differences.trim()}\n\nnpm run db:generate -- --name what_changes writes the migration.`
    },
  },
  {
    name: 'a recent state of the database is kept',
    run: async () => recentStateComplaint(readdirSync(MIGRATIONS_DIR), readdirSync('tests/fixtures/databases')),
  },
]

/** Runs a Node program; its output when it fails. */
function program(file: string, args: string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn(process.execPath, [file, ...args], {
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0 ? undefined : output.trim() || `ended with code ${code}`))
  })
}

/** The report of npm, by the lockfile alone. It has no exit code that says more. */
function audit(): Promise<string> {
  return new Promise((resolve) => {
    const words = ['audit', '--json', '--package-lock-only', '--fetch-retries=0', '--fetch-timeout=15000']
    execFile('npm', words, { encoding: 'utf8', maxBuffer: 2 ** 26 }, (_error, output) => resolve(output))
  })
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
