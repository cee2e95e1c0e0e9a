import type { Deps } from '@/deps'
import { lintTemplate, type TemplateProblem } from '@/domain/message/lint'
import type { MessageTemplate } from '@/domain/message/render'
import { checkContent, confirmedIn } from './check-content'
import { loadFillRates } from './load-fill-rates'

export type NewTemplate = MessageTemplate & {
  name: string
  /** Text in the form of other programs' tags that is meant as it stands; a campaign starts with no other. */
  confirmedTexts?: readonly string[] | undefined
  by: string | null
}
export type SavedTemplate = { id: string; updatedAt: Date; problems: TemplateProblem[] }

/**
 * Saves a new template. One that cannot be parsed is refused; an unknown or unguarded variable is saved and reported,
 * and keeps campaigns from starting.
 * @throws {DomainError} invalid_input
 */
export async function createTemplate(deps: Deps, { by, ...input }: NewTemplate): Promise<SavedTemplate> {
  const content = checkContent(input)
  const at = deps.clock.now()
  const { id, updatedAt } = await deps.db.emailTemplate.create({
    data: {
      name: input.name,
      ...content,
      confirmedTexts: confirmedIn(content, input.confirmedTexts ?? []),
      createdAt: at,
      updatedAt: at,
    },
  })
  deps.log.info({ template: id, by }, 'template created')
  return { id, updatedAt, problems: lintTemplate(content, await loadFillRates(deps)) }
}
