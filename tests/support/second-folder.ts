import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const COPIED = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'prisma',
  'prisma.config.ts',
  'scripts',
  'src',
  'web',
  'worker',
]

export type Hear = (said: string, pressCtrlC: () => void) => void
export type Ended = { code: number | null; said: string }

/**
 * A further folder of this program, with a `.data` of its own, in which commands run as people run them. `further`: paths that are
 * copied besides what every command needs.
 */
export function createFolder(further: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'folder-'))
  for (const path of [...COPIED, ...further]) cpSync(path, join(folder, path), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  return {
    path: (...parts: string[]) => join(folder, ...parts),
    /**
     * Runs `npm run COMMAND -- ARGS` to its end; `env` is all of its environment but PATH. Both outputs are collected; `hear` gets
     * what was said so far, and may press Ctrl-C.
     */
    run: (
      command: string,
      env: Record<string, string>,
      args: string[] = [],
      hear: Hear = () => undefined,
    ): Promise<Ended> =>
      new Promise((resolve, reject) => {
        let said = ''
        const child = spawn(process.execPath, ['scripts/bootstrap.mjs', command, ...args], {
          cwd: folder,
          env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'production', ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        const take = (chunk: Buffer) => {
          said += chunk
          hear(said, () => child.kill('SIGINT'))
        }
        child.stdout.on('data', take)
        child.stderr.on('data', take)
        child.once('error', reject)
        child.once('exit', (code) => resolve({ code, said }))
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A line of a stack trace, which no person should have to read. */
export const STACK = /^\s+at .+:\d+:\d+/m
