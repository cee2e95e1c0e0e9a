import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '../class-names'
import { type CardPlace, type Placed, rowStyle, spans } from './table-layout'

// biome-ignore-start lint/a11y/noRedundantRoles: as in the table
/** A row of a table. With `href` the link of its first cell covers it. */
export function BodyRow<Row>({
  row,
  layout,
  href,
  select,
  isWalked,
}: {
  row: Row
  layout: readonly Placed<Row>[]
  href: string | undefined
  select: ReactNode
  isWalked: boolean
}) {
  const selectable = select !== undefined
  return (
    <tr
      role="row"
      {...(isWalked ? { 'data-list-row': '' } : {})}
      // Without a link the row itself takes the focus.
      {...(isWalked && !href ? { tabIndex: -1 } : {})}
      className={cn(rowStyle, selectable && 'pl-12', href && 'transition-colors hover:bg-sunken/50')}
    >
      {selectable && (
        <td
          role="cell"
          className="absolute top-2.5 left-3 z-10 sm:relative sm:top-0 sm:left-0 sm:w-px sm:py-1 sm:pr-1 sm:pl-3"
        >
          {select}
        </td>
      )}
      {layout.map(({ column, first, place, style }) => (
        <td
          role="cell"
          key={column.key}
          className={cn(
            'min-w-0 sm:table-cell sm:px-2.5 sm:py-[9px] sm:align-middle',
            column.omit?.(row) ? 'hidden' : spans[place],
            style,
            column.className,
          )}
        >
          {!first && <CardLabel place={place}>{column.header}</CardLabel>}
          {first && href ? (
            <Link
              href={href}
              prefetch={false}
              className="row-link block font-medium after:absolute after:inset-0 after:content-['']"
            >
              {column.cell(row)}
            </Link>
          ) : (
            <CellContent raised={href !== undefined}>{column.cell(row)}</CellContent>
          )}
        </td>
      ))}
    </tr>
  )
}

/** The header of a column, inside the card of a row. */
function CardLabel({ place, children }: { place: CardPlace; children: ReactNode }) {
  const quiet = place === 'full' || place === 'corner'
  return <span className={quiet ? 'sr-only sm:hidden' : 'block text-caption text-ink-3 sm:hidden'}>{children}</span>
}
// biome-ignore-end lint/a11y/noRedundantRoles: as in the table

/** Lifts the links and buttons of a cell, and only those, above the link that covers the row. */
function CellContent({ raised, children }: { raised: boolean; children: ReactNode }) {
  if (!raised) return <>{children}</>
  return <div className="[&_:is(a,button,label)]:relative [&_:is(a,button,label)]:z-10">{children}</div>
}
