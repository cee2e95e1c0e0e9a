import { expect, it } from 'vitest'
import { leavesAtOnce } from '@/components/campaigns/dialogs/launch-text'

it('lets the first email leave at once where its time has come, or comes within the minute', () => {
  const now = new Date('2026-12-01T00:06:00Z')
  const times = ['2026-12-01T00:05:00Z', '2026-12-01T00:06:40Z', '2026-12-01T00:08:00Z', '2026-12-01T08:00:00Z']
  expect(times.map((time) => leavesAtOnce(new Date(time), now))).toEqual([true, true, false, false])
})
