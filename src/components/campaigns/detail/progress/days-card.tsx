import { DayBars } from '@/components/ui/data/day-bars'
import type { Progress } from '../../api-types'
import { progressDays } from './progress-days'

/** What was planned, and what became of it, by day. */
export function DaysCard({ progress }: { progress: Progress }) {
  return (
    <DayBars
      title={`Planned and sent, by day in ${progress.timezone}`}
      openLabel="Still planned"
      days={progressDays(progress.days)}
    />
  )
}
