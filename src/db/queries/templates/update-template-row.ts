import { Prisma } from '@/db/generated/client'
import { executeIf, type Tx } from '@/db/sql'

type TemplateUpdate = {
  id: string
  name: string
  subject: string
  bodyText: string
  bodyHtml: string | null
  /** Texts of other programs that a person has confirmed; undefined leaves them. */
  confirmedTexts: readonly string[] | undefined
  /** When whoever saves last saw it; undefined overwrites whatever is there. */
  seenAt: Date | undefined
  at: Date
}

/** Writes the template unless it was saved since `seenAt`. */
export const updateTemplateIf = (
  tx: Tx,
  { id, name, subject, bodyText, bodyHtml, confirmedTexts, seenAt, at }: TemplateUpdate,
): Promise<boolean> =>
  executeIf(tx)`
  UPDATE email_templates
  SET name = ${name}, subject = ${subject}, body_text = ${bodyText}, body_html = ${bodyHtml},
      confirmed_texts = ${confirmedTexts ? Prisma.sql`${[...confirmedTexts]}::text[]` : Prisma.sql`confirmed_texts`},
      updated_at = ${at}
  WHERE id = ${id}::uuid ${seenAt ? Prisma.sql`AND updated_at = ${seenAt}` : Prisma.empty}`
