import { z } from 'zod'

/** The parts that an email is made from. Text too long for the domain gets its plain message there; these bounds only keep floods out. */
export const contentInput = {
  subject: z.string().max(10_000),
  bodyText: z.string().max(300_000),
  bodyHtml: z.string().max(300_000).nullish(),
}

/** Text of other programs that is meant as it stands. */
export const confirmedTextsInput = z.array(z.string().min(1).max(2_000)).max(500).optional()
