'use client'

import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { useMassActs } from './use-mass-acts'

const card = later(() => import('./mass-acts-card'))

/** Acts on many leads that are on their way, and the one that ended last. */
export function LatestActs() {
  const acts = useMassActs()
  if (!acts?.length) return null
  return (
    <Deferred part={card} waiting={null}>
      {({ MassActsCard }) => <MassActsCard acts={acts} />}
    </Deferred>
  )
}
