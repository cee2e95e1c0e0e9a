'use client'

import type { ComponentProps } from 'react'
import { useZone } from '@/components/hooks/use-zone'
import { Time, TimeAgo } from '@/components/ui/time'

/** A moment in the zone of the settings: for what belongs to no campaign or mailbox. */
export const OwnTime = (props: Omit<ComponentProps<typeof Time>, 'zone'>) => <Time {...props} zone={useZone()} />

/** How long ago it was, with the exact time in the zone of the settings on hover. */
export const OwnTimeAgo = (props: Omit<ComponentProps<typeof TimeAgo>, 'zone'>) => (
  <TimeAgo {...props} zone={useZone()} />
)
