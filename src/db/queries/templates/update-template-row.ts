import { Prisma } from '@/db/generated/client'
import { execute, executeIf, type Tx } from '@/db/sql'

type TemplateUpdate = {
  id: string
  /** Gives a text that belongs to a step a name, which makes it one of the templates; undefined leaves it what it is. */
  name: string | undefined
  subject: string
  bodyText: string
  bodyHtml: string | null
  /** Texts of other programs that a person has confirmed; undefined leaves them. */
  confirmedTexts: readonly string[] | undefined
  /** When whoever saves last saw it; undefined overwrites whatever is there. */
  seenAt: Date | undefined
  at: Date
}

/**
 * Writes the template unless it was saved since `seenAt`. The workflow that it belongs to counts as saved with it: whoever
 * edits that one must see it.
 */
export async function updateTemplateIf(
  tx: Tx,
  { id, name, subject, bodyText, bodyHtml, confirmedTexts, seenAt, at }: TemplateUpdate,
): Promise<boolean> {
  const unsaved = seenAt ? Prisma.sql`AND t.updated_at = ${seenAt}` : Prisma.empty
  // First: a save of the workflow locks the two in this order.
  await execute(tx)`
  UPDATE workflows w SET updated_at = ${at} FROM email_templates t
  WHERE t.id = ${id}::uuid AND w.id = t.workflow_id ${unsaved}`
  return executeIf(tx)`
  UPDATE email_templates t
  SET ${name === undefined ? Prisma.empty : Prisma.sql`name = ${name}, workflow_id = NULL,`} subject = ${subject}, body_text = ${bodyText}, body_html = ${bodyHtml},
      confirmed_texts = ${confirmedTexts ? Prisma.sql`${[...confirmedTexts]}::text[]` : Prisma.sql`confirmed_texts`},
      updated_at = ${at}
  WHERE t.id = ${id}::uuid ${unsaved}`
}
