import { countTemplates, selectTemplatePage } from '@/db/queries/templates/select-template-page'
import type { Deps } from '@/deps'
import { type NamedListAsked, namedListRead } from '@/domain/lists/named-list'

export type ListedTemplate = {
  id: string
  name: string
  subject: string
  hasHtml: boolean
  /** Workflows and campaigns that send it. */
  usedBy: { workflows: number; campaigns: number }
  createdAt: Date
  updatedAt: Date
}

/** A page of the templates whose name or subject contains `search`, by name, with their number. */
export async function listTemplates(
  { sql }: Pick<Deps, 'sql'>,
  asked: NamedListAsked = {},
): Promise<{ rows: ListedTemplate[]; total: number }> {
  const read = namedListRead(asked)
  const [templates, total] = await Promise.all([selectTemplatePage(sql, read), countTemplates(sql, read)])
  const rows = templates.map(({ workflows, campaigns, ...template }) => ({
    ...template,
    usedBy: { workflows, campaigns },
  }))
  return { rows, total }
}
