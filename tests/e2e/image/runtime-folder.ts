import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeRuntimeFolder } from '../../../scripts/lib/runtime/make-folder'

/** Whoever owns nothing here, where we may become somebody else; else we ourselves, without the right to write. */
const OTHER_USER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

export type Started = {
  /** All that it said so far. */
  output(): string
  /** The exit code, or null when a signal ended it. */
  ended: Promise<number | null>
  /** As Docker and systemd end it. */
  stop(): Promise<number | null>
  /** As what runs out of memory. */
  kill(): void
}

/**
 * The runtime folder by itself: outside of the checkout, where no package of it can be found, with a Node of its own, read by somebody
 * who may write nothing but the data folder.
 */
export async function createRuntimeFolder() {
  const home = mkdtempSync(join(tmpdir(), 'leadnexconnect-runtime-'))
  chmodSync(home, 0o755)
  const folder = join(home, 'app')
  const node = join(home, 'node')
  copyFileSync(process.execPath, node)
  chmodSync(node, 0o755)
  await makeRuntimeFolder(folder)
  setReadOnly(folder)
  const dataDir = join(home, 'data')
  mkdirSync(dataDir, { mode: 0o700 })
  giveAway(dataDir)
  const running = new Set<ChildProcess>()

  return {
    folder,
    dataDir,
    /** A file that holds a secret, as Docker and systemd hand it over; answers its path. */
    secret: (name: string, value: string): string => {
      const path = join(home, name)
      writeFileSync(path, `${value}\n`, { mode: 0o400 })
      giveAway(path)
      return path
    },
    /** Runs a command of the folder; `env` is all of its environment. */
    start: (command: string, env: Record<string, string>, ...words: string[]): Started => {
      const child = spawn(node, [join(folder, 'leadnexconnect.mjs'), command, ...words], {
        ...OTHER_USER,
        cwd: dataDir,
        // What it runs as is not for its surroundings to say, and there is no other place to write to.
        env: { PATH: process.env.PATH, NODE_ENV: 'test', TMPDIR: '/nowhere', DATA_DIR: dataDir, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      running.add(child)
      let output = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (output += piece))
      const ended = new Promise<number | null>((resolve, reject) => {
        child.once('error', reject)
        // Its processes have the same outputs.
        child.once('close', (code) => {
          running.delete(child)
          resolve(code)
        })
      })
      const stop = () => {
        child.kill('SIGTERM')
        return ended
      }
      return { output: () => output, ended, stop, kill: () => child.kill('SIGKILL') }
    },
    /** Ends what a failed test has left, and removes all. */
    remove: () => {
      for (const child of running) child.kill('SIGKILL')
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function giveAway(path: string): void {
  if (OTHER_USER.uid !== undefined) chownSync(path, OTHER_USER.uid, OTHER_USER.gid)
}

function setReadOnly(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) setReadOnly(path)
    else if (entry.isFile()) chmodSync(path, 0o444)
  }
  chmodSync(folder, 0o555)
}
