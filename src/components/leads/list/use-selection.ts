'use client'

import { useState } from 'react'
import type { LeadRow, MassFilterInput } from '../api-types'

const EVERY = { has: () => true }

/** The leads that are chosen, over several pages; or, with `all`, every one that matches these filters, on whatever page. */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, LeadRow>>(new Map())
  const [all, setAll] = useState<MassFilterInput | null>(null)
  return {
    leads: [...chosen.values()],
    ids: all ? EVERY : new Set(chosen.keys()),
    all,
    chooseAll: setAll,
    toggle: (rows: readonly LeadRow[], on: boolean) => {
      setAll(null)
      setChosen((before) => {
        const after = new Map(before)
        for (const row of rows) {
          if (on) after.set(row.id, row)
          else after.delete(row.id)
        }
        return after
      })
    },
    clear: () => {
      setAll(null)
      setChosen(new Map())
    },
  }
}
