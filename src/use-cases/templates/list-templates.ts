import { literalPattern } from '@/db/literal-pattern'
import type { Deps } from '@/deps'

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

/** All templates whose name or subject contains `search`, by name. */
export async function listTemplates(
  { db }: Deps,
  { search }: { search?: string | undefined } = {},
): Promise<ListedTemplate[]> {
  const contains = { contains: literalPattern(search ?? ''), mode: 'insensitive' as const }
  const templates = await db.emailTemplate.findMany({
    where: { OR: [{ name: contains }, { subject: contains }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      subject: true,
      bodyHtml: true,
      createdAt: true,
      updatedAt: true,
      steps: { select: { workflowId: true } },
      _count: { select: { campaigns: true } },
    },
  })
  return templates.map(({ steps, bodyHtml, _count, ...template }) => ({
    ...template,
    hasHtml: Boolean(bodyHtml?.trim()),
    usedBy: { workflows: new Set(steps.map((step) => step.workflowId)).size, campaigns: _count.campaigns },
  }))
}
