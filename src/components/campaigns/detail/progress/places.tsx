import { Card } from '@/components/ui/card'
import { SkeletonRows } from '@/components/ui/skeleton'

/** Keeps the place of what is not on its way yet. */
export const PLACE = <Card className="h-48">{null}</Card>

/** Keeps the place of what is on its way. */
export const waiting = (rows: number) => (
  <Card>
    <SkeletonRows rows={rows} label="Loading this part of the campaign" />
  </Card>
)
