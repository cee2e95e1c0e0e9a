import { Card } from '@/components/ui/card'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

/** The fields of a step on their way. */
export function StepSkeleton({ label }: { label: string }) {
  return (
    <Card className="max-w-[720px]">
      <SkeletonRows rows={5} label={label} />
    </Card>
  )
}

/** A draft on its way. */
export function DraftSkeleton({ label }: { label: string }) {
  return (
    <>
      <Skeleton className="mb-5 h-8 w-full max-w-[480px] rounded-full" />
      <StepSkeleton label={label} />
    </>
  )
}
