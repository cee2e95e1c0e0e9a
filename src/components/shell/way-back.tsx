'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'

const link = later(() => import('./way-back-link'))

/** The way back to where a person was sent here from to fix something, on top of any page whose address names it. */
export function WayBack() {
  const [back] = useQueryState('back', parseAsString)
  if (!back) return null
  return (
    <Deferred part={link} waiting={null}>
      {({ WayBackLink }) => <WayBackLink href={back} />}
    </Deferred>
  )
}
