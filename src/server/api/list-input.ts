import { z } from 'zod'

const pageSize = z.int().min(1).max(200).default(50)

/** Input of lists of what people have named: the pages are numbered. */
export const namedListInput = z.object({
  search: z.string().trim().max(200).optional(),
  /** These alone. */
  ids: z.array(z.uuid()).max(200).optional(),
  page: z.int().min(1).max(10_000).default(1),
  pageSize,
})

/** Input of lists that may be long: the rows after or before a place that an earlier page has named. */
export const pageInput = { after: z.string().max(2_000).optional(), before: z.string().max(2_000).optional(), pageSize }
