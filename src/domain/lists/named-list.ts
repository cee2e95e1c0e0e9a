/** A page of a list of what people have named: those whose name contains `search`, or with these ids alone. Pages count from 1. */
export type NamedListAsked = {
  search?: string | undefined
  ids?: readonly string[] | undefined
  page?: number | undefined
  pageSize?: number | undefined
}

/** The same as a statement takes it. */
export type NamedListRead = { search: string; ids: readonly string[] | null; limit: number; offset: number }

export const namedListRead = ({ search = '', ids, page = 1, pageSize = 50 }: NamedListAsked): NamedListRead => ({
  search,
  ids: ids ?? null,
  limit: pageSize,
  offset: (page - 1) * pageSize,
})
