import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../scripts/lib/ports'

/** A server that runs until `stop`, or until this process is gone. */
export type HeldServer = { stop(): Promise<void> }

// The shell's input is a pipe of ours, which ends with us, however we end: no server is left running, no folder left over.
// Nor must it die of telling us something when we are gone.
const HOLD = `
trap : PIPE
sh -c "$START" >&2 || { rm -rf "$FOLDER"; exit 1; }
echo started
read -r _
sh -c "$STOP" >&2
rm -rf "$FOLDER"
`

/** A new folder that the servers' own users may enter. */
export async function openFolder(name: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), `leadnexconnect-${name}-`))
  await chmod(folder, 0o755)
  return folder
}

export type Ports<Name extends string> = Readonly<Record<Name, number>>

const MOST_ATTEMPTS = 3

/** Calls `start` with a free port a name; again with others where somebody took one meanwhile. */
export async function onFreePorts<Name extends string, T>(
  names: readonly Name[],
  start: (ports: Ports<Name>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const found = await Promise.all(names.map(async (name) => [name, await freePort()] as const))
    try {
      return await start(Object.fromEntries(found) as Ports<Name>)
    } catch (error) {
      if (attempt === MOST_ATTEMPTS) throw error
    }
  }
}

/**
 * Runs the command that starts a server, and the one that stops it when it is no longer wanted; both know the server's
 * folder as `$FOLDER`. The folder goes with it.
 * @throws {Error} with what the command wrote, when the server does not start
 */
export async function holdServer(commands: { start: string; stop: string; folder: string }): Promise<HeldServer> {
  const { start: START, stop: STOP, folder: FOLDER } = commands
  const child = spawn('/bin/sh', ['-c', HOLD], {
    env: { ...process.env, PATH: '/usr/sbin:/usr/bin:/sbin:/bin', START, STOP, FOLDER },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Signals to our own group are not for the server: it is stopped in order.
    detached: true,
  })
  let wrote = ''
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.stderr.on('data', (chunk: Buffer) => {
    wrote += chunk.toString()
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    void ended.then(() => reject(new Error(`It did not start: ${START}\n${wrote}`)))
  })
  return {
    stop: async () => {
      child.stdin.end()
      await ended
    },
  }
}
