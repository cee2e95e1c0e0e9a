'use client'

import { useState } from 'react'
import { Card } from '@/components/ui/card'
import type { MassAct } from '../api-types'
import { ActRow } from './act-row'

const CLOSED = 'closed-mass-act'

/** Acts on many leads that are not over, and the one that ended last, until it is closed; earlier ones stand in a list of their own. */
export function MassActsCard({ acts }: { acts: readonly MassAct[] }) {
  const working = acts.filter(({ state }) => state === 'working')
  const [closed, setClosed] = useState(() => localStorage.getItem(CLOSED))
  const latest = acts.find(({ state }) => state !== 'working')
  const close = (id: string) => {
    localStorage.setItem(CLOSED, id)
    setClosed(id)
  }
  const shown = [...working, ...(latest && latest.id !== closed ? [latest] : [])]
  if (shown.length === 0) return null
  return (
    <Card aria-label="Bulk actions" className="mb-4">
      <ul className="divide-y">
        {shown.map((act) => (
          <li key={act.id} className="px-[18px] py-3">
            <ActRow act={act} onClose={() => close(act.id)} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
