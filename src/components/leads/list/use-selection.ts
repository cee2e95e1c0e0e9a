'use client'

import { useState } from 'react'
import type { LeadRow } from '../api-types'

/** The leads that are chosen, over several pages. */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, LeadRow>>(new Map())
  return {
    leads: [...chosen.values()],
    ids: new Set(chosen.keys()),
    toggle: (rows: readonly LeadRow[], on: boolean) =>
      setChosen((before) => {
        const after = new Map(before)
        for (const row of rows) {
          if (on) after.set(row.id, row)
          else after.delete(row.id)
        }
        return after
      }),
    clear: () => setChosen(new Map()),
  }
}
