import { z } from 'zod'

const pageSize = z.int().min(1).max(200).default(50)

/** Input of lists whose pages are numbered. */
export const numberedPage = { page: z.int().min(1).max(10_000).default(1), pageSize }

/** Input of lists of what people have named. */
export const namedListInput = z.object({
  search: z.string().trim().max(200).optional(),
  /** These alone. */
  ids: z.array(z.uuid()).max(200).optional(),
  ...numberedPage,
})

/** Input of what is found by its name: the first of what bears the words. */
export const findInput = z.object({
  search: z.string().trim().min(1).max(200),
  pageSize: z.int().min(1).max(20).default(5),
})

/** Input of lists that may be long: the rows after or before a place that an earlier page has named. */
export const pageInput = { after: z.string().max(2_000).optional(), before: z.string().max(2_000).optional(), pageSize }
