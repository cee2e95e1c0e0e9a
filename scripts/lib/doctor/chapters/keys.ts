import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { listSealed, type SealedThing } from '../../../../src/use-cases/maintenance/list-sealed'
import { readSecrets } from '../../app/secrets'
import { type Examination, type Finding, fault, ok } from '../finding'

/** The key here opens what is sealed in the database, and nobody else reads it. */
export const keys: Examination = {
  name: 'keys',
  examine: async ({ sql, settings }) => {
    const encryptionKey = settings.encryptionKey ?? readSecrets(settings.dataDir)?.encryptionKey ?? null
    const sealed = await listSealed(sql, encryptionKey)
    const closed = sealed.filter(({ opens }) => !opens)
    const opened = ok(
      sealed.length > 0 ? `ENCRYPTION_KEY opens all that is sealed (${sealed.length}).` : 'Nothing is sealed yet.',
    )
    return [
      ...(closed.length > 0 ? closed.map(findingOf) : [opened]),
      ...fileFindings(join(settings.dataDir, 'secrets.json')),
    ]
  },
}

function findingOf({ kind, name }: SealedThing): Finding {
  const former = 'Start with the ENCRYPTION_KEY that it was stored with'
  switch (kind) {
    case 'unsubscribe_links':
      return fault(
        'The key of unsubscribe links cannot be read with this ENCRYPTION_KEY, so no process starts.',
        `${former}: that installation's environment has it, or its .data/secrets.json.`,
      )
    case 'mailbox':
      return fault(
        `A stored password of the mailbox “${name}” cannot be read with this ENCRYPTION_KEY.`,
        `${former}, or enter the password again under Settings, Mailboxes.`,
      )
    case 'lead_source':
      return fault(
        `The stored key of the lead source ${name} cannot be read with this ENCRYPTION_KEY.`,
        `${former}, or enter the key again under Settings, Lead sources.`,
      )
    case 'provider':
      return fault(
        `The stored secret for signing in at ${name} cannot be read with this ENCRYPTION_KEY.`,
        `${former}, or enter the secret again under Settings, Mailboxes.`,
      )
  }
}

/** Others on this machine read nothing of it. Windows has no such rights. */
function fileFindings(path: string): Finding[] {
  if (process.platform === 'win32' || !existsSync(path)) return []
  if ((statSync(path).mode & 0o077) === 0) return [ok(`${path} is readable for its owner alone.`)]
  return [fault(`${path} can be read by others on this machine.`, `chmod 600 ${path}`)]
}
