import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import type { MessageTemplate } from '@/domain/message/render'
import { findBrokenEmails } from './broken-emails'

/**
 * Refuses a save that would keep planned emails of these templates from being made.
 * @throws {DomainError} unconfirmed, with their number and the reasons
 */
export async function refuseToBreak(deps: Deps, next: readonly (MessageTemplate & { id: string })[]): Promise<void> {
  const broken: { id: string; emails: number; reasons: string[] }[] = []
  for (const { id, ...content } of next) broken.push({ id, ...(await findBrokenEmails(deps, id, content)) })
  const emails = broken.reduce((sum, one) => sum + one.emails, 0)
  if (emails === 0) return
  const reasons = [...new Set(broken.flatMap((one) => one.reasons))]
  throw new DomainError(
    'unconfirmed',
    `${counted(emails, 'planned email')} could not be made: ${reasons.slice(0, 3).join(' ')} Nothing was saved.`,
    { templateId: broken.find((one) => one.emails > 0)?.id, emails, reasons },
  )
}
