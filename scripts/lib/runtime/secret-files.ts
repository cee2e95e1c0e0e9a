import { readFileSync } from 'node:fs'
import { Problem } from '../problem'

/** An environment, as given or read. */
export type Variables = Record<string, string | undefined>

/** Variables that may stand in a file instead: `NAME_FILE` holds its path. Others that end so mean something else. */
const IN_A_FILE = /^([A-Z][A-Z0-9_]*(?:_KEYS?|_SECRET|_TOKEN|_CODE|_URL|PASSWORD|PASSPHRASE))_FILE$/

/**
 * The environment with what files hold of it: `AUTH_SECRET_FILE=/run/secrets/auth-secret` gives `AUTH_SECRET`, without blanks
 * around it. Throws a Problem, without the value, when a file cannot be read or is empty, or the variable is set as well.
 */
export function readSecretFiles(env: Variables): Variables {
  const read = { ...env }
  for (const [variable, path] of Object.entries(env)) {
    const [, name] = IN_A_FILE.exec(variable) ?? []
    if (!name || !path?.trim()) continue
    if (env[name]?.trim()) {
      throw new Problem(`${name} and ${variable} are both set. Nothing was started. Set one of them.`)
    }
    read[name] = contentOf(variable, path.trim())
    delete read[variable]
  }
  return read
}

function contentOf(variable: string, path: string): string {
  let content: string
  try {
    content = readFileSync(path, 'utf8').trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason =
      code === 'ENOENT'
        ? 'is not there'
        : code === 'EACCES'
          ? `may not be read by ${reader()}`
          : `cannot be read: ${code}`
    throw new Problem(`The file of ${variable} (${path}) ${reason}. Nothing was started.`, { cause: error })
  }
  if (content === '') throw new Problem(`The file of ${variable} (${path}) is empty. Nothing was started.`)
  return content
}

const reader = () => (process.getuid ? `the user with id ${process.getuid()}` : 'this user')
