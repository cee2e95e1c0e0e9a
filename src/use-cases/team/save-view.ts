import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { VIEWS_AT_MOST, type ViewedList, viewQuery } from '@/domain/lists/views'

type Of = { userId: string }
export type View = { id: string; name: string; query: string }

/** A person's views of a list, by name. */
export const listViews = ({ db }: Pick<Deps, 'db'>, { userId, list }: Of & { list: ViewedList }): Promise<View[]> =>
  db.savedView.findMany({
    where: { userId, list },
    orderBy: { name: 'asc' },
    select: { id: true, name: true, query: true },
  })

/** Keeps a view under its name; one of the same name is replaced. @throws {DomainError} conflict */
export async function saveView(
  { db }: Pick<Deps, 'db'>,
  { userId, list, name, query }: Of & { list: ViewedList; name: string; query: string },
): Promise<View> {
  const kept = { query: viewQuery(query) }
  const count = await db.savedView.count({ where: { userId, list, NOT: { name } } })
  if (count >= VIEWS_AT_MOST)
    throw new DomainError(
      'conflict',
      `You keep ${VIEWS_AT_MOST} views of this list already. Nothing was saved. Delete one first.`,
    )
  return db.savedView.upsert({
    where: { userId_list_name: { userId, list, name } },
    create: { userId, list, name, ...kept },
    update: kept,
    select: { id: true, name: true, query: true },
  })
}

/** Deletes a view of this person; of nobody else. */
export async function deleteView({ db }: Pick<Deps, 'db'>, { userId, id }: Of & { id: string }): Promise<void> {
  await db.savedView.deleteMany({ where: { userId, id } })
}
