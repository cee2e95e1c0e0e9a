import { FORMAT, MANIFEST, type Manifest, manifestSchema, SECRETS } from '@/domain/backup/manifest'
import type { BackedUpSecrets } from '@/domain/backup/secrets'
import { DomainError } from '@/domain/errors'
import { openWithPassphrase } from '@/lib/passphrase'
import { checkSum } from '@/lib/summed-file'
import { readArchive, textOf } from './archive-file'

/** A backup whose sum is right. */
export type OpenBackup = {
  path: string
  /** How much of the file is content. */
  bytes: number
  manifest: Manifest
  /** The keys that were sealed; null with another passphrase. */
  openSecrets(passphrase: string): Promise<BackedUpSecrets | null>
}

/**
 * Reads what a backup is, after its sum has proved that it is whole.
 * @throws {DomainError} unreadable_file
 */
export async function openBackup(path: string): Promise<OpenBackup> {
  const bytes = await checkSum(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(
      error.code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${error.message}.`,
    )
  })
  if (bytes === null)
    throw unreadable(
      `${path} is no whole backup: it was cut off or altered, or is another kind of file. Its sum is wrong.`,
    )
  const head = await readHead(path, bytes)
  const manifest = manifestOf(path, head.get(MANIFEST))
  const sealed = head.get(SECRETS)
  if (sealed === undefined) throw unreadable(`${path} holds no keys.`)
  return {
    path,
    bytes,
    manifest,
    openSecrets: async (passphrase) => {
      const plain = await openWithPassphrase(passphrase, sealed)
      return plain === null ? null : JSON.parse(plain)
    },
  }
}

const unreadable = (fact: string) =>
  new DomainError('unreadable_file', `${fact} Nothing was changed. Restore from another backup.`)

async function readHead(path: string, bytes: number): Promise<Map<string, string>> {
  const head = new Map<string, string>()
  for await (const entry of readArchive(path, bytes)) {
    if (entry.name !== MANIFEST && entry.name !== SECRETS) break
    head.set(entry.name, await textOf(entry))
  }
  return head
}

function manifestOf(path: string, text = ''): Manifest {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw unreadable(`${path} is no backup of LeadNexConnect.`)
  }
  const format = (read as { format?: unknown } | null)?.format
  if (typeof format === 'number' && format > FORMAT) {
    throw new DomainError(
      'unreadable_file',
      `${path} was made by a newer version, in form ${format}; this folder reads form ${FORMAT}. Nothing was changed. Bring this folder up to that version.`,
    )
  }
  const manifest = manifestSchema.safeParse(read)
  if (!manifest.success) throw unreadable(`${path} is no backup of LeadNexConnect.`)
  return manifest.data
}
