'use client'

import { useState } from 'react'

type Kept<Row> = { of: string; chosen: ReadonlyMap<string, Row>; all: boolean }

/**
 * The rows that are chosen in a list, over several pages; or, with `all`, every one that matches its filter, on whatever page. A choice
 * is made under one filter, whose text is `of`: where the address asks for another (Back, a link, a view), nothing is chosen any more.
 */
export function useChosen<Row extends { id: string }>(of: string) {
  const nothing: Kept<Row> = { of, chosen: new Map(), all: false }
  const [kept, keep] = useState(nothing)
  const isOld = kept.of !== of
  // Dropped at once, or the way forward again would bring it back.
  if (isOld) keep(nothing)
  const { chosen, all } = isOld ? nothing : kept
  return {
    chosen,
    all,
    chooseAll: () => keep((before) => ({ ...before, all: true })),
    toggle: (rows: readonly Row[], on: boolean) =>
      keep((before) => {
        const after = new Map(before.chosen)
        for (const row of rows) {
          if (on) after.set(row.id, row)
          else after.delete(row.id)
        }
        return { ...before, chosen: after, all: false }
      }),
    clear: () => keep(nothing),
  }
}
