import { readSettings } from '../app/settings'
import { Problem } from '../problem'
import { refusePublishedSecrets } from './published-secrets'
import { readSecretFiles, type Variables } from './secret-files'

const NEEDED = ['DATABASE_URL', 'APP_URL', 'AUTH_SECRET', 'ENCRYPTION_KEY', 'SMTP_URL'] as const
type Needed = (typeof NEEDED)[number] | 'DIRECT_DATABASE_URL' | 'SANDBOX_INBOX' | 'DATA_DIR'

/** Variables of every process, all that they cannot do without among them. */
export type ProcessEnvironment = NodeJS.ProcessEnv & Record<Needed, string>

/**
 * The environment of web and worker: secrets are read from their files, examples of secrets refused. Without `SMTP_URL` the
 * installation is a sandbox, whose emails go to the mail catcher of `SANDBOX_URL`. Throws a Problem that names all that is missing:
 * nothing is made up here, since a key that goes with its container opens nothing that it has sealed.
 */
export function processEnvironment(given: Variables): ProcessEnvironment {
  const env = openEnvironment(given)
  const sandbox = env.SANDBOX_URL?.trim()
  const live = env.SMTP_URL?.trim()
  const read: Variables = { ...env, SMTP_URL: live || sandbox, SANDBOX_INBOX: String(!live) }
  const missing = NEEDED.filter((name) => !read[name]?.trim())
  if (missing.length > 0) {
    throw new Problem(
      `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not set. Nothing was started. Set ${missing.length > 1 ? 'each' : 'it'}, ` +
        'or with _FILE at the end of its name the path of a file that holds it.' +
        (missing.includes('SMTP_URL') ? ' SANDBOX_URL in place of SMTP_URL names a mail catcher, to try.' : ''),
    )
  }
  readSettings(read)
  return {
    ...read,
    NODE_ENV: 'production',
    DATA_DIR: read.DATA_DIR?.trim() || '.data',
    DIRECT_DATABASE_URL: read.DIRECT_DATABASE_URL?.trim() || read.DATABASE_URL,
  } as ProcessEnvironment
}

/** The environment with what files hold of it. Throws a Problem where a file cannot be read, or a secret is an example. */
export function openEnvironment(given: Variables): Variables {
  const env = readSecretFiles(given)
  refusePublishedSecrets(env)
  return env
}
