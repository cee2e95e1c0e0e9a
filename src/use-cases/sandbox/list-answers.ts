import { selectAnswersTo } from '@/db/queries/sandbox/select-answers-to'
import type { Deps } from '@/deps'
import { type ReceivedKind, readReceivedKind } from '@/domain/conversation/received-kind'
import type { SandboxAnswerKind } from '@/domain/conversation/sandbox-answer'
import { readEffects, type StoredEffects } from '@/domain/conversation/stored-effects'
import { DomainError } from '@/domain/errors'
import { findAnswered } from './answered-email'

export type SandboxAnswers = {
  /** Who would answer; null where nobody can, for the reason in `refused`. */
  lead: { id: string; name: string; email: string } | null
  refused: string | null
  /** The latest first. `read`: what the reader took it for, what that did, and where it stands; null until it is read. */
  rows: {
    uid: number
    kind: SandboxAnswerKind
    receivedAt: Date
    read: { kind: ReceivedKind; effects: StoredEffects; conversationId: string | null } | null
  }[]
}

const SHOWN = 50

/** The answers that were given to an email of the sandbox, and whether one can be given. @throws {DomainError} not_found */
export async function listAnswers(deps: Deps, { id }: { id: string }): Promise<SandboxAnswers> {
  const message = await deps.db.sandboxMessage.findUnique({
    where: { id },
    select: { messageId: true, toEmail: true },
  })
  if (!message) throw new DomainError('not_found', 'This email does not exist any more.')
  const { email, refused } = await findAnswered(deps, message)
  const rows = await selectAnswersTo(deps.sql, { id, limit: SHOWN })
  return {
    lead: email && { id: email.leadId, name: email.lead.name, email: email.lead.address },
    refused,
    rows: rows.map(({ readAs, effects, conversationId, ...answer }) => ({
      ...answer,
      read: readAs === null ? null : { kind: readReceivedKind(readAs), effects: readEffects(effects), conversationId },
    })),
  }
}
