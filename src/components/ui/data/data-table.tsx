import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '../class-names'
import { type Column, layoutOf, type Placed, rowStyle, spans } from './table-layout'
import { BodyRow } from './table-row'

export type { Column } from './table-layout'

/**
 * A dense table whose rows become cards below 640 px. Has no state: sorting and pages are links. With `rowHref` the link
 * of the first cell covers the row; other links and buttons in it stay usable.
 */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowHref,
  select,
  isList = rowHref !== undefined || select !== undefined,
  empty,
  foot,
  className,
}: {
  /** Names the table for assistive technology. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowHref?: (row: Row) => string
  /** A first column, usually of checkboxes. */
  select?: { header: ReactNode; cell: (row: Row) => ReactNode }
  /** Keys walk through its rows, as through those of every list that leads somewhere. */
  isList?: boolean
  /** Instead of rows, when there are none. */
  empty?: ReactNode
  /** A last row of sums, one cell a column key. */
  foot?: Readonly<Record<string, ReactNode>>
  className?: string
}) {
  if (rows.length === 0 && empty) return <>{empty}</>
  const layout = layoutOf(columns, select !== undefined)
  return (
    // Roles are spelled out: `display` other than the table's own takes them away.
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    <div className={cn('relative sm:overflow-x-auto', className)}>
      <table role="table" className="block w-full border-collapse text-control sm:table">
        <caption className="sr-only">{caption}</caption>
        <Head layout={layout} select={select?.header} />
        <tbody role="rowgroup" className="block divide-y sm:table-row-group">
          {rows.map((row) => (
            <BodyRow
              key={rowKey(row)}
              row={row}
              layout={layout}
              href={rowHref?.(row)}
              select={select?.cell(row)}
              isWalked={isList}
            />
          ))}
        </tbody>
        {foot && <Foot layout={layout} sums={foot} selectable={select !== undefined} />}
      </table>
    </div>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
  )
}

// biome-ignore-start lint/a11y/noRedundantRoles: as in the table
function Head<Row>({ layout, select }: { layout: readonly Placed<Row>[]; select: ReactNode }) {
  return (
    <thead role="rowgroup" className="hidden sm:table-header-group">
      <tr role="row">
        {select !== undefined && (
          <th role="columnheader" scope="col" className="w-px border-b py-1 pr-1 pl-3">
            {select}
          </th>
        )}
        {layout.map(({ column, right, style }) => (
          <th
            role="columnheader"
            scope="col"
            key={column.key}
            aria-sort={column.sorted}
            className={cn(
              'whitespace-nowrap border-b px-2.5 py-2 font-medium text-caption text-ink-3',
              style,
              column.className,
            )}
          >
            {column.sortHref ? <SortLink column={column} right={right} /> : column.header}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Foot<Row>({
  layout,
  sums,
  selectable,
}: {
  layout: readonly Placed<Row>[]
  sums: Readonly<Record<string, ReactNode>>
  selectable: boolean
}) {
  return (
    <tfoot role="rowgroup" className="block border-t sm:table-footer-group">
      <tr role="row" className={cn(rowStyle, 'font-semibold', selectable && 'pl-12')}>
        {selectable && <td role="cell" className="hidden sm:table-cell" />}
        {layout.map(({ column, first, place, style }) => (
          <td role="cell" key={column.key} className={cn('sm:table-cell sm:px-2.5 sm:py-[9px]', spans[place], style)}>
            {!first && sums[column.key] !== undefined && (
              <span className="block font-normal text-caption text-ink-3 sm:hidden">{column.header}</span>
            )}
            {sums[column.key]}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}
// biome-ignore-end lint/a11y/noRedundantRoles: as in the table

// The arrow keeps its room, on the side where no value ends.
function SortLink<Row>({ column, right }: { column: Column<Row>; right: boolean }) {
  return (
    <Link
      href={column.sortHref ?? ''}
      scroll={false}
      prefetch={false}
      className={cn(
        '-my-1 inline-flex min-h-6 items-center gap-1 rounded-small hover:text-ink',
        right && 'flex-row-reverse',
      )}
    >
      {column.header}
      <span aria-hidden className={column.sorted ? 'text-ink' : 'opacity-0'}>
        {column.sorted === 'descending' ? '↓' : '↑'}
      </span>
    </Link>
  )
}
