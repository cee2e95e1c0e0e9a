import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Output } from '../output'
import { Problem } from '../problem'
import { signal } from '../processes'

const SOURCES = [
  'src',
  'public',
  'prisma/schema.prisma',
  'package-lock.json',
  'next.config.mjs',
  'postcss.config.mjs',
  'tailwind.config.ts',
  'tsconfig.json',
]
const STAMP = '.next/built-from'

/**
 * Makes the production build of the web app unless there is one of just these sources. Throws a Problem when the build
 * fails; aborting ends it and leaves no build behind.
 */
export async function ensureBuild(output: Output, abort?: AbortSignal): Promise<void> {
  const sources = hashOf(SOURCES)
  if (existsSync('.next/BUILD_ID') && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources) return
  output.line('build', 'building the web app (only when its sources have changed)')
  const began = Date.now()
  rmSync(STAMP, { force: true })
  await build(output, abort)
  writeFileSync(STAMP, sources)
  output.line('build', `done in ${Math.round((Date.now() - began) / 1000)} s`)
}

function build(output: Output, abort?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own process group, so that its workers can be ended with it.
      detached: true,
    })
    const end = () => child.pid && signal(-child.pid, 'SIGTERM')
    abort?.addEventListener('abort', end)
    child.stdout.on('data', output.stream('build'))
    child.stderr.on('data', output.stream('build'))
    child.once('error', reject)
    child.once('exit', (code) => {
      abort?.removeEventListener('abort', end)
      if (abort?.aborted) return reject(abort.reason)
      if (code === 0) return resolve()
      reject(new Problem('The web app could not be built; the lines above say why. Nothing was started.'))
    })
  })
}

function hashOf(paths: string[]): string {
  const hash = createHash('sha256')
  const add = (path: string) => {
    // Generated from prisma/schema.prisma, which counts itself.
    if (!existsSync(path) || path === join('src', 'db', 'generated')) return
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name))
      return
    }
    hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
  }
  for (const path of paths) add(path)
  return hash.digest('hex')
}
