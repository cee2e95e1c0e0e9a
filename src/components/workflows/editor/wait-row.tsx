'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { InputWithUnit } from '@/components/ui/fields/input'
import { inNumber } from '@/components/ui/numbers'
import { WAIT_LIMIT_DAYS } from '@/domain/workflow/steps'

/** The days between two emails, and the place for another one. */
export function WaitRow({
  days,
  stepNumber,
  full,
  onDays,
  onInsert,
}: {
  days: number
  stepNumber: number
  full: boolean
  onDays: (days: number) => void
  onInsert: () => void
}) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = (text: string) => {
    setTyped(text)
    const next = Number(text)
    if (Number.isInteger(next) && next >= 1 && next <= WAIT_LIMIT_DAYS && next !== days) onDays(next)
  }
  return (
    <li className="flex items-stretch gap-4 pl-[25px]">
      <span aria-hidden className="w-px bg-line-strong" />
      <div className="flex flex-1 flex-wrap items-center justify-between gap-2 py-2.5">
        <InputWithUnit
          before="Wait"
          after={inNumber(days, 'day', 'days')}
          type="number"
          inputMode="numeric"
          min={1}
          max={WAIT_LIMIT_DAYS}
          aria-label={`Days before step ${stepNumber}`}
          className="w-[68px]"
          value={typed ?? days}
          onChange={(event) => take(event.target.value)}
          onBlur={() => setTyped(null)}
        />
        <Button size="sm" variant="ghost" icon={Plus} disabled={full} onClick={onInsert}>
          Insert step
        </Button>
      </div>
    </li>
  )
}
