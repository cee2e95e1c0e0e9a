import type { Deps } from '@/deps'
import { createTemplate, type NewTemplate } from './create-template'
import { updateTemplate } from './update-template'

/**
 * Makes the text of a step one of the templates, under a name and as it is given; the step goes on sending it, and so do the
 * emails that were planned with it. A text that was not stored yet is stored as a template at once: the caller points the
 * step to it.
 * @throws {DomainError} invalid_input, not_found, unconfirmed
 */
export async function saveOwnText(
  deps: Deps,
  { id, ...text }: NewTemplate & { id: string },
): Promise<{ id: string; updatedAt: Date }> {
  const stored = await deps.db.emailTemplate.findUnique({ where: { id }, select: { workflowId: true } })
  // One that is a template already stays as it is: this becomes another.
  const saved = stored?.workflowId ? await updateTemplate(deps, { ...text, id }) : await createTemplate(deps, text)
  return { id: saved.id, updatedAt: saved.updatedAt }
}
