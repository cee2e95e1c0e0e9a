import PostalMime from 'postal-mime'
import type { SandboxRow } from '@/db/queries/sandbox/select-messages'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

export type SandboxMessage = SandboxRow & {
  messageId: string
  headers: { name: string; value: string }[]
  text: string | null
  html: string | null
  /** The whole message as it was received. */
  source: string
}

/** A received message, parsed from its source. @throws {DomainError} not_found */
export async function getMessage({ db }: Deps, { id }: { id: string }): Promise<SandboxMessage> {
  const message = await db.sandboxMessage.findUnique({ where: { id } })
  if (!message) throw new DomainError('not_found', 'This email does not exist any more.')
  const { raw, ...row } = message
  const parsed = await PostalMime.parse(raw)
  return {
    ...row,
    headers: parsed.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    text: parsed.text ?? null,
    html: parsed.html ?? null,
    source: Buffer.from(raw).toString('utf8'),
  }
}
