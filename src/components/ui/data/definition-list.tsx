import type { ReactNode } from 'react'
import { cn } from '../class-names'

export type Definition = {
  term: ReactNode
  value: ReactNode
  /** A quiet second line below the value. */
  note?: ReactNode
}

/** Facts of one thing: the word on the left, the value on the right. `ruled` draws hairlines, as below a forecast. */
export function DefinitionList({
  items,
  ruled,
  className,
}: {
  items: readonly Definition[]
  ruled?: boolean
  className?: string
}) {
  return (
    <dl className={cn('text-control', ruled ? '' : 'grid gap-2.5 px-[18px] pt-2 pb-3.5', className)}>
      {items.map((item, index) => (
        <div
          key={typeof item.term === 'string' ? item.term : index}
          className={cn('flex justify-between gap-3', ruled && 'border-t px-[18px] py-[9px] first:border-t-0')}
        >
          <dt className={cn('min-w-[30%]', ruled ? 'text-ink' : 'text-ink-2')}>{item.term}</dt>
          <dd className="min-w-0 text-right font-medium [overflow-wrap:anywhere]">
            {item.value}
            {item.note && <span className="block font-normal text-caption text-ink-3">{item.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
